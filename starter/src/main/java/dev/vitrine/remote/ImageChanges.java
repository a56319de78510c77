package dev.vitrine.remote;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes of one image, which a server makes all or none. Source of the format: RFC 6902, of which
 * the API takes {@code add}, {@code replace} and {@code remove} of a field.
 */
public final class ImageChanges {

  static final String MEDIA_TYPE = "application/openstack-images-v2.1-json-patch";

  private final List<Map<String, Object>> operations = new ArrayList<>();

  /** Sets a field that every image has, or a property that this one has. */
  public ImageChanges replace(String field, Object value) {
    return operation("replace", field, value);
  }

  /** Sets a property, whether the image has it or not. */
  public ImageChanges add(String property, Object value) {
    return operation("add", property, value);
  }

  /** Removes a property that the image has. */
  public ImageChanges remove(String property) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("op", "remove");
    operation.put("path", pointer(property));
    operations.add(operation);
    return this;
  }

  /** Whether nothing is to be changed. */
  public boolean isEmpty() {
    return operations.isEmpty();
  }

  List<Map<String, Object>> operations() {
    return List.copyOf(operations);
  }

  private ImageChanges operation(String name, String field, Object value) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("op", name);
    operation.put("path", pointer(field));
    operation.put("value", value);
    operations.add(operation);
    return this;
  }

  /** RFC 6901, section 3. */
  private static String pointer(String field) {
    return "/" + field.replace("~", "~0").replace("/", "~1");
  }
}
