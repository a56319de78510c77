package dev.vitrine.image;

import dev.vitrine.error.VitrineException.Invalid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads an image from a flat map, as Glance's task input gives it: the base properties by their
 * names, every other entry a free property.
 */
public final class ImageProperties {

  private ImageProperties() {}

  /**
   * The image that a map describes.
   *
   * @throws Invalid naming the property, its value and what is accepted
   */
  public static NewImage newImage(UUID id, String owner, Map<String, String> given) {
    Map<String, String> rest = new LinkedHashMap<>(given);
    for (String fixed : List.of("id", "owner", "size", "status", "checksum")) {
      if (rest.containsKey(fixed)) {
        throw new Invalid(
            "image property %s '%s' can't be given; leave it out"
                .formatted(fixed, rest.get(fixed)));
      }
    }
    String tags = rest.remove("tags");
    return new NewImage(
        id,
        rest.remove("name"),
        null,
        rest.remove("disk_format"),
        rest.remove("container_format"),
        number("min_disk", rest.remove("min_disk")),
        number("min_ram", rest.remove("min_ram")),
        visibility(rest.remove("visibility")),
        flag("protected", rest.remove("protected")),
        flag("os_hidden", rest.remove("os_hidden")),
        owner,
        rest,
        tags == null || tags.isBlank() ? List.of() : List.of(tags.split("\\s*,\\s*")));
  }

  /** The map that describes an image, so that it can be overridden and read again. */
  public static Map<String, String> of(Image image) {
    Map<String, String> map = new LinkedHashMap<>(image.properties());
    put(map, "name", image.name());
    put(map, "disk_format", image.diskFormat());
    put(map, "container_format", image.containerFormat());
    put(map, "min_disk", Integer.toString(image.minDisk()));
    put(map, "min_ram", Integer.toString(image.minRam()));
    put(map, "os_hidden", Boolean.toString(image.osHidden()));
    if (!image.tags().isEmpty()) {
      map.put("tags", String.join(",", image.tags()));
    }
    return map;
  }

  private static void put(Map<String, String> map, String key, @Nullable String value) {
    if (value != null) {
      map.put(key, value);
    }
  }

  private static int number(String key, @Nullable String value) {
    try {
      return value == null ? 0 : Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new Invalid("image property %s '%s': give a whole number".formatted(key, value));
    }
  }

  private static boolean flag(String key, @Nullable String value) {
    if (value == null || value.equalsIgnoreCase("false")) {
      return false;
    }
    if (value.equalsIgnoreCase("true")) {
      return true;
    }
    throw new Invalid("image property %s '%s': give true or false".formatted(key, value));
  }

  private static Visibility visibility(@Nullable String value) {
    try {
      return value == null ? Visibility.SHARED : Visibility.of(value);
    } catch (IllegalArgumentException e) {
      throw new Invalid(
          "image property visibility '%s': give private, shared, community or public"
              .formatted(value));
    }
  }
}
