package dev.vitrine.image;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of {@link ImageField} that people give and that every image has: how each is read of
 * an image and written into its metadata, as the value that its type has. Whatever is done with all
 * of them (rules, sizes, columns, documents) goes through them here.
 */
public final class MetadataFields {

  private static final Map<ImageField, Access> ALL = new EnumMap<>(ImageField.class);

  static {
    put(ImageField.NAME, DescribedImage::name, (it, value) -> it.name(text(value)));
    put(
        ImageField.DISK_FORMAT,
        DescribedImage::diskFormat,
        (it, value) -> it.diskFormat(text(value)));
    put(
        ImageField.CONTAINER_FORMAT,
        DescribedImage::containerFormat,
        (it, value) -> it.containerFormat(text(value)));
    put(ImageField.MIN_DISK, DescribedImage::minDisk, (it, value) -> it.minDisk(number(value)));
    put(ImageField.MIN_RAM, DescribedImage::minRam, (it, value) -> it.minRam(number(value)));
    put(
        ImageField.VISIBILITY,
        image -> image.visibility().wireName(),
        (it, value) -> it.visibility(Visibility.of(required(value))));
    put(
        ImageField.PROTECTED,
        DescribedImage::isProtected,
        (it, value) -> it.isProtected(Boolean.TRUE.equals(value)));
    put(
        ImageField.OS_HIDDEN,
        DescribedImage::osHidden,
        (it, value) -> it.osHidden(Boolean.TRUE.equals(value)));
    put(ImageField.OWNER, DescribedImage::owner, (it, value) -> it.owner(required(value)));
    put(ImageField.TAGS, DescribedImage::tags, (it, value) -> it.tags(texts(value)));
  }

  private MetadataFields() {}

  /** Those fields, in the order of the table. */
  public static Set<ImageField> all() {
    return ALL.keySet();
  }

  /**
   * What an image has in that field: a text, a number, a flag or a list of texts.
   *
   * @throws IllegalStateException if the field is not among these: whoever asks should have seen
   */
  public static @Nullable Object get(ImageField field, DescribedImage image) {
    return access(field).getter().apply(image);
  }

  /** Writes a value that the field's type has read; {@code get} says what is thrown. */
  static void set(ImageField field, ImageMetadata.Builder image, @Nullable Object value) {
    access(field).setter().accept(image, value);
  }

  private static Access access(ImageField field) {
    return Optional.ofNullable(ALL.get(field))
        .orElseThrow(() -> new IllegalStateException(field.wireName() + " is not metadata"));
  }

  private static void put(
      ImageField field,
      Function<DescribedImage, @Nullable Object> getter,
      BiConsumer<ImageMetadata.Builder, @Nullable Object> setter) {
    ALL.put(field, new Access(getter, setter));
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static String required(@Nullable Object value) {
    if (value == null) {
      throw new IllegalStateException("null is no value here");
    }
    return value.toString();
  }

  private static int number(@Nullable Object value) {
    return value instanceof Number number ? number.intValue() : 0;
  }

  private static List<String> texts(@Nullable Object value) {
    return value instanceof Collection<?> texts
        ? texts.stream().map(String::valueOf).toList()
        : List.of();
  }

  private record Access(
      Function<DescribedImage, @Nullable Object> getter,
      BiConsumer<ImageMetadata.Builder, @Nullable Object> setter) {}
}
