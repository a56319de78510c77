package dev.vitrine.registry;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.TooLarge;
import java.util.UUID;

/**
 * What an image and a project may have. What has more already, from before a limit was lowered,
 * keeps it and may lose some of it.
 *
 * @param properties free properties of an image, at least 1
 * @param tags of an image, at least 1
 * @param members projects that an image is shared with, at least 1
 * @param locations where an image's data lies, at least 1
 * @param images of a project that have or may get data; 0 for any number
 * @param bytes of data of all images of a project, of an upload as soon as it is admitted; 0 for
 *     any number
 */
public record Limits(
    int properties, int tags, int members, int locations, long images, long bytes) {

  /** Glance's {@code image_property_quota} and its like. */
  public static final Limits DEFAULT = new Limits(128, 128, 128, 10, 0, 0);

  public Limits {
    requirePositive("properties", properties);
    requirePositive("tags", tags);
    requirePositive("members", members);
    requirePositive("locations", locations);
    requireNotNegative("images", images);
    requireNotNegative("bytes", bytes);
  }

  private static void requirePositive(String key, long value) {
    if (value < 1) {
      throw new Invalid("limit of %s per image %d: give 1 or more".formatted(key, value));
    }
  }

  private static void requireNotNegative(String key, long value) {
    if (value < 0) {
      throw new Invalid(
          "limit of %s per project %d: give 0 for no limit, or more".formatted(key, value));
    }
  }

  void requireProperties(UUID image, int before, int after) {
    require(image, "properties", properties, before, after);
  }

  void requireTags(UUID image, int before, int after) {
    require(image, "tags", tags, before, after);
  }

  void requireMembers(UUID image, int before, int after) {
    require(image, "members", members, before, after);
  }

  void requireLocations(UUID image, int before, int after) {
    require(image, "locations", locations, before, after);
  }

  private static void require(UUID image, String what, int limit, int before, int after) {
    if (after > limit && after > before) {
      throw new TooLarge(
          "image %s: %d %s exceed the limit of %d an image may have; remove some first"
              .formatted(image, after, what, limit));
    }
  }
}
