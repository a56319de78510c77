package dev.vitrine.image;

import dev.vitrine.json.JsonSize;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How large an image's metadata is, in bytes of JSON in UTF-8. */
public final class MetadataSize {

  /** A colon or a comma, as the case may be. */
  private static final int SEPARATOR = 1;

  private MetadataSize() {}

  /** Of all that users write of an image: names, formats, properties and tags. */
  public static long of(ImageMetadata image) {
    return fields(image.name(), image.diskFormat(), image.containerFormat(), image.owner())
        + properties(image.properties())
        + tags(image.tags());
  }

  /** The same of an image that is to be made. */
  public static long of(NewImage image) {
    return fields(image.name(), image.diskFormat(), image.containerFormat(), image.owner())
        + properties(image.properties())
        + tags(image.tags());
  }

  private static long fields(@Nullable String... values) {
    return Stream.of(values)
        .filter(Objects::nonNull)
        .mapToLong(value -> JsonSize.of(value) + SEPARATOR)
        .sum();
  }

  private static long properties(Map<String, String> properties) {
    return properties.entrySet().stream()
        .mapToLong(
            property ->
                JsonSize.of(property.getKey())
                    + SEPARATOR
                    + JsonSize.of(property.getValue())
                    + SEPARATOR)
        .sum();
  }

  private static long tags(List<String> tags) {
    return tags.stream().mapToLong(tag -> JsonSize.of(tag) + SEPARATOR).sum();
  }
}
