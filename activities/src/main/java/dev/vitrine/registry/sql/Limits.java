package dev.vitrine.registry.sql;

import dev.vitrine.database.JsonText;
import dev.vitrine.error.Excerpt;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.TooLarge;
import dev.vitrine.image.ImageMetadata;
import dev.vitrine.image.MetadataSize;
import dev.vitrine.image.NewImage;
import dev.vitrine.task.TaskInput;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an image and a project may have. What has more already, from before a limit was lowered,
 * keeps it and may lose some of it.
 *
 * @param properties free properties of an image, at least 1
 * @param tags of an image, at least 1
 * @param members projects that an image is shared with, at least 1
 * @param locations where an image's data lies, at least 1
 * @param metadata bytes of all that users write of an image, as JSON in UTF-8; also of a task's
 *     input; at least 1024
 * @param property bytes of one property's value in UTF-8, at least 1
 * @param images of a project that have or may get data; 0 for any number
 * @param bytes of data of all images of a project, of an upload as soon as it is admitted; 0 for
 *     any number
 * @param tasks of a project that are not over, for whoever asks before one more is started; 0 for
 *     any number
 */
public record Limits(
    int properties,
    int tags,
    int members,
    int locations,
    int metadata,
    int property,
    long images,
    long bytes,
    int tasks) {

  /** Glance's {@code image_property_quota} and its like. */
  public static final Limits DEFAULT =
      new Limits(128, 128, 128, 10, 256 * 1024, 64 * 1024, 0, 0, 10_000);

  public Limits {
    requirePositive("properties", properties);
    requirePositive("tags", tags);
    requirePositive("members", members);
    requirePositive("locations", locations);
    requirePositive("kilobytes of metadata", metadata / 1024);
    requirePositive("bytes of a property", property);
    requireNotNegative("images", images);
    requireNotNegative("bytes", bytes);
    requireNotNegative("tasks", tasks);
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

  /** Of an image that is to be made. */
  void requireMetadata(NewImage image) {
    requireMetadata(image.id(), 0, MetadataSize.of(image));
    requireValues(image.id(), Map.of(), image.properties());
  }

  void requireMetadata(ImageMetadata before, ImageMetadata after) {
    requireMetadata(after.id(), MetadataSize.of(before), MetadataSize.of(after));
    requireValues(after.id(), before.properties(), after.properties());
  }

  private void requireMetadata(UUID image, long before, long after) {
    if (after > metadata && after > before) {
      throw new TooLarge(
          "image %s: its name, properties and tags have %d bytes as JSON, and an image may have %d; shorten them"
              .formatted(image, after, metadata));
    }
  }

  private void requireValues(UUID image, Map<String, String> before, Map<String, String> after) {
    after.forEach(
        (name, value) -> {
          if (!value.equals(before.get(name))) {
            requireValue("image " + image, name, value);
          }
        });
  }

  private void requireValue(String subject, String name, String value) {
    int size = value.getBytes(StandardCharsets.UTF_8).length;
    if (size > property) {
      throw new TooLarge(
          "%s: property '%s' has %d bytes, and a value may have %d; shorten it"
              .formatted(subject, Excerpt.value(name), size, property));
    }
  }

  /**
   * Requires that a task's input is no larger than the metadata of the image it may make, and none
   * of its values than a property of it.
   */
  void requireInput(TaskInput input) {
    int size = JsonText.write(input).getBytes(StandardCharsets.UTF_8).length;
    if (size > metadata) {
      throw new TooLarge(
          "task input: %d bytes as JSON, and at most %d are accepted; shorten the image's properties or the URL"
              .formatted(size, metadata));
    }
    Map<String, @Nullable Object> properties =
        input instanceof TaskInput.Import made
            ? made.imageProperties()
            : input instanceof TaskInput.Clone copy ? copy.imageProperties() : Map.of();
    properties.forEach(
        (name, value) -> {
          if (value instanceof String text) {
            requireValue("task input", name, text);
          }
        });
  }

  private static void require(UUID image, String what, int limit, int before, int after) {
    if (after > limit && after > before) {
      throw new TooLarge(
          "image %s: %d %s exceed the limit of %d an image may have; remove some first"
              .formatted(image, after, what, limit));
    }
  }
}
