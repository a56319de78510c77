package dev.vitrine.backend;

import dev.vitrine.image.NewImage;
import dev.vitrine.image.Visibility;
import dev.vitrine.task.TaskInput;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Images and tasks in the image API's own fields. What is as by default is left out. */
public final class ApiFields {

  private ApiFields() {}

  /**
   * A new image.
   *
   * @param owner the project that shall own it; null for the caller's own
   */
  public static Map<String, Object> of(NewImage image, @Nullable String owner) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", image.id().toString());
    fields.putAll(described(image));
    put(fields, "disk_format", image.diskFormat());
    put(fields, "owner", owner);
    if (!image.tags().isEmpty()) {
      fields.put("tags", image.tags());
    }
    return fields;
  }

  /** An import's input. */
  static Map<String, Object> ofImport(String url, NewImage image) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.putAll(described(image));
    if (!image.tags().isEmpty()) {
      properties.put("tags", image.tags());
    }
    return ofImport(url, image.diskFormat() == null ? "raw" : image.diskFormat(), properties);
  }

  /** A task's input. */
  static Map<String, Object> of(TaskInput input) {
    if (input instanceof TaskInput.Import in) {
      return ofImport(in.importFrom(), in.importFromFormat(), in.imageProperties());
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    if (input instanceof TaskInput.Export export) {
      fields.put("image_id", export.imageId().toString());
      fields.put("destination", export.destination());
    } else if (input instanceof TaskInput.Clone clone) {
      fields.put("image_id", clone.imageId().toString());
      fields.put("image_properties", clone.imageProperties());
    }
    return fields;
  }

  private static Map<String, Object> ofImport(
      String url, String format, Map<String, ?> properties) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("import_from", url);
    fields.put("import_from_format", format);
    fields.put("image_properties", properties);
    return fields;
  }

  private static Map<String, Object> described(NewImage image) {
    Map<String, Object> fields = new LinkedHashMap<>(image.properties());
    put(fields, "name", image.name());
    put(fields, "container_format", image.containerFormat());
    put(fields, "min_disk", image.minDisk() == 0 ? null : image.minDisk());
    put(fields, "min_ram", image.minRam() == 0 ? null : image.minRam());
    put(
        fields,
        "visibility",
        image.visibility() == Visibility.SHARED ? null : image.visibility().wireName());
    put(fields, "protected", image.isProtected() ? true : null);
    put(fields, "os_hidden", image.osHidden() ? true : null);
    return fields;
  }

  private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
    if (value != null) {
      fields.put(name, value);
    }
  }
}
