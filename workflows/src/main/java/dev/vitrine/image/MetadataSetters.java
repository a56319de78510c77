package dev.vitrine.image;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** How each field that a client may give gets into an image's metadata, its value being right. */
final class MetadataSetters {

  private static final Map<ImageField, BiConsumer<ImageMetadata.Builder, @Nullable Object>> ALL =
      Map.of(
          ImageField.NAME, (it, value) -> it.name(text(value)),
          ImageField.DISK_FORMAT, (it, value) -> it.diskFormat(text(value)),
          ImageField.CONTAINER_FORMAT, (it, value) -> it.containerFormat(text(value)),
          ImageField.MIN_DISK, (it, value) -> it.minDisk(number(value)),
          ImageField.MIN_RAM, (it, value) -> it.minRam(number(value)),
          ImageField.VISIBILITY, (it, value) -> it.visibility(Visibility.of(required(value))),
          ImageField.PROTECTED, (it, value) -> it.isProtected(Boolean.TRUE.equals(value)),
          ImageField.OS_HIDDEN, (it, value) -> it.osHidden(Boolean.TRUE.equals(value)),
          ImageField.OWNER, (it, value) -> it.owner(required(value)),
          ImageField.TAGS, (it, value) -> it.tags(texts(value)));

  private MetadataSetters() {}

  /**
   * The setter of a field.
   *
   * @throws IllegalStateException if it is not among the metadata: whoever sets it should have seen
   */
  static BiConsumer<ImageMetadata.Builder, @Nullable Object> of(ImageField field) {
    return Optional.ofNullable(ALL.get(field))
        .orElseThrow(() -> new IllegalStateException(field.wireName() + " is not metadata"));
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
}
