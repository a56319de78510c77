package dev.vitrine.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.http.Json;
import dev.vitrine.image.FieldType;
import dev.vitrine.image.ImageField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON schema of an image, made of the table of its fields. */
final class ImageSchema {

  private ImageSchema() {}

  static JsonNode document() {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (ImageField field : ImageField.values()) {
      properties.put(field.wireName(), property(field));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", "image");
    document.put("properties", properties);
    document.put("propertyNames", names());
    document.put("additionalProperties", Map.of("type", "string"));
    document.put(
        "links",
        List.of(
            Map.of("rel", "self", "href", "{self}"),
            Map.of("rel", "enclosure", "href", "{file}"),
            Map.of("rel", "describedby", "href", "{schema}")));
    return Json.read(Json.write(document));
  }

  private static Map<String, Object> property(ImageField field) {
    Map<String, Object> property = new LinkedHashMap<>(rule(field.type()));
    property.put("description", field.description());
    if (field.isReadOnly()) {
      property.put("readOnly", true);
    }
    if (!field.isBase()) {
      property.put("is_base", false);
    }
    return property;
  }

  /** Of every field and every property. */
  private static Map<String, Object> names() {
    Map<String, Object> names = new LinkedHashMap<>(rule(ImageField.PROPERTY_NAME));
    names.put(
        "not",
        Map.of(
            "pattern",
            "^(%s|(%s)$)"
                .formatted(
                    ImageField.RESERVED_PREFIX,
                    String.join("|", ImageField.RESERVED.stream().sorted().toList()))));
    return names;
  }

  private static Map<String, Object> rule(FieldType type) {
    if (type instanceof FieldType.Text text) {
      return text(text);
    }
    if (type instanceof FieldType.Whole whole) {
      Map<String, Object> rule = typed("integer", whole.nullable());
      rule.put("minimum", 0);
      if (whole.most() != null) {
        rule.put("maximum", whole.most());
      }
      return rule;
    }
    if (type instanceof FieldType.Flag) {
      return typed("boolean", false);
    }
    if (type instanceof FieldType.Words) {
      Map<String, Object> rule = typed("array", false);
      rule.put("items", rule(ImageField.TAG));
      return rule;
    }
    if (type instanceof FieldType.Places) {
      Map<String, Object> rule = typed("array", false);
      rule.put("items", location());
      return rule;
    }
    return typed("string", false);
  }

  private static Map<String, Object> text(FieldType.Text text) {
    Map<String, Object> rule = typed("string", text.nullable());
    if (text.shortest() > 0) {
      rule.put("minLength", text.shortest());
    }
    if (text.longest() < Integer.MAX_VALUE) {
      rule.put("maxLength", text.longest());
    }
    if (text.pattern() != null) {
      rule.put("pattern", text.pattern());
    }
    if (!text.oneOf().isEmpty()) {
      List<@Nullable String> values = new ArrayList<>(text.oneOf());
      if (text.nullable()) {
        values.add(0, null);
      }
      rule.put("enum", values);
    }
    return rule;
  }

  /** Of data elsewhere nothing but its URL is kept; clients send the other parts empty. */
  private static Map<String, Object> location() {
    Map<String, Object> empty = Map.of("type", "object", "maxProperties", 0);
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("url", Map.of("type", "string", "maxLength", FieldType.Places.LONGEST_URL));
    parts.put("metadata", empty);
    parts.put("validation_data", Map.of("type", "object", "maxProperties", 0, "writeOnly", true));
    Map<String, Object> location = typed("object", false);
    location.put("required", List.of("url"));
    location.put("properties", parts);
    return location;
  }

  private static Map<String, Object> typed(String type, boolean nullable) {
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("type", nullable ? List.of("null", type) : type);
    return rule;
  }
}
