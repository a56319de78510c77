package dev.vitrine.image;

import dev.vitrine.error.VitrineException.Invalid;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a task's input says of the image that it makes: fields by their names and values as in JSON,
 * every other entry a free property. Numbers, flags and tags may also be texts, {@code "7"}, {@code
 * "true"} and {@code "a,b"}, which is how callers gave them once.
 */
public final class ImageProperties {

  /** What a copy has of its own. */
  private static final Set<ImageField> OWN =
      Set.of(ImageField.OWNER, ImageField.VISIBILITY, ImageField.PROTECTED);

  private ImageProperties() {}

  /**
   * The image that an import makes.
   *
   * @throws Invalid naming the property, its value and what is accepted
   */
  public static NewImage newImage(UUID id, String owner, Map<String, ?> given) {
    return read(ImageMetadata.describe(id, owner), given);
  }

  /**
   * The image that a clone makes: as the original, but private to nobody and protected from nothing
   * unless that is said. What the original has from before a rule forbade it stays behind.
   *
   * @param overrides what is to be another way than with the original
   * @throws Invalid naming the property, its value and what is accepted
   */
  public static NewImage copy(UUID id, String owner, Image original, Map<String, ?> overrides) {
    return read(copyOf(id, owner, original), overrides);
  }

  private static ImageMetadata.Builder copyOf(UUID id, String owner, Image original) {
    ImageMetadata.Builder copy = ImageMetadata.describe(id, owner);
    for (ImageField field : MetadataFields.all()) {
      Object value = MetadataFields.get(field, original);
      if (!OWN.contains(field) && field.type().holds(value)) {
        MetadataFields.set(field, copy, value);
      }
    }
    original
        .properties()
        .forEach(
            (name, value) -> {
              if (ImageField.isShown(name, value)) {
                copy.property(name, value);
              }
            });
    return copy;
  }

  /**
   * Requires that the properties can be read, whatever image they will be of.
   *
   * @throws Invalid naming the property, its value and what is accepted
   */
  public static void requireValid(Map<String, ?> given) {
    NewImage unused = newImage(new UUID(0, 0), "any", given);
  }

  private static NewImage read(ImageMetadata.Builder image, Map<String, ?> given) {
    for (Map.Entry<String, ?> entry : given.entrySet()) {
      String name = entry.getKey();
      ImageField base = ImageField.findBase(name).orElse(null);
      if (ImageField.isReserved(name) || (base != null && !base.isForTasks())) {
        throw refused(name);
      }
      image.set(name, base == null ? text(entry.getValue()) : typed(base, entry.getValue()));
    }
    NewImage read = NewImage.of(image.build());
    read.requireValid();
    return read;
  }

  private static Invalid refused(String name) {
    return new Invalid("image property '%s' can't be given here; leave it out".formatted(name));
  }

  /** A property is a text; a number or a flag is taken for its text. */
  private static @Nullable Object text(@Nullable Object value) {
    return value instanceof Boolean || value instanceof Number ? value.toString() : value;
  }

  /** The value of a field's own type that a text stands for. */
  private static @Nullable Object typed(ImageField field, @Nullable Object value) {
    FieldType type = field.type();
    if (!(value instanceof String text)) {
      return value;
    }
    if (type instanceof FieldType.Whole && text.matches("\\d{1,18}")) {
      return Long.valueOf(text);
    }
    if (type instanceof FieldType.Flag && text.matches("(?i)true|false")) {
      return Boolean.valueOf(text);
    }
    if (type instanceof FieldType.Words) {
      // Not by an expression with the white space in it, which looks at each blank of a run again.
      return text.isBlank()
          ? List.of()
          : Arrays.stream(text.strip().split(",")).map(String::strip).toList();
    }
    return text;
  }
}
