package dev.vitrine.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.error.VitrineException.Invalid;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of one store. A wrong one is refused with the key of the store and its own. */
final class StoreFields {

  private final String key;
  private final Map<String, String> fields = new LinkedHashMap<>();
  private final Map<String, JsonNode> lists = new LinkedHashMap<>();

  /**
   * @param key of the store, such as {@code stores[0]}
   */
  StoreFields(String key) {
    this.key = key;
  }

  /** Of a map in a file. */
  static StoreFields of(String key, JsonNode node) {
    StoreFields fields = new StoreFields(key);
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      fields.put(field.getKey(), field.getValue().asText(""));
      if (field.getValue().isArray()) {
        fields.lists.put(field.getKey(), field.getValue());
      }
    }
    return fields;
  }

  StoreFields put(String field, String text) {
    fields.put(field, text.strip());
    return this;
  }

  /** Refuses others than these. */
  void requireOnly(Set<String> known) {
    for (String field : fields.keySet()) {
      if (!known.contains(field)) {
        throw new Invalid(
            "%s.%s is unknown; the nearest known key is %s.%s"
                .formatted(key, field, key, NearestName.to(field, known)));
      }
    }
  }

  /** Empty if it isn't given. */
  String text(String field) {
    return fields.getOrDefault(field, "");
  }

  @Nullable String textOrNull(String field) {
    String text = text(field);
    return text.isEmpty() ? null : text;
  }

  /**
   * The elements of a list, each of them fields; empty if it isn't given.
   *
   * @param only the field that an element is of which nothing but its text is given
   */
  List<StoreFields> list(String field, String only) {
    JsonNode list = lists.get(field);
    if (list == null) {
      if (text(field).isEmpty()) {
        return List.of();
      }
      throw wrong(field, "a list");
    }
    List<StoreFields> elements = new ArrayList<>();
    for (JsonNode each : list) {
      String element = "%s.%s[%d]".formatted(key, field, elements.size());
      elements.add(
          each.isObject()
              ? of(element, each)
              : new StoreFields(element).put(only, each.asText("")));
    }
    return elements;
  }

  boolean flag(String field, boolean otherwise) {
    return switch (text(field)) {
      case "" -> otherwise;
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(field, "true or false");
    };
  }

  /** A whole number. */
  int number(String field, int otherwise, int least, int most) {
    String text = text(field);
    if (text.isEmpty()) {
      return otherwise;
    }
    String accepted = "a whole number from %d to %d".formatted(least, most);
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw wrong(field, accepted);
    }
    throw wrong(field, accepted);
  }

  /** A size of at least so much and at most so much. */
  long size(String field, long otherwise, long least, long most) {
    String text = text(field);
    if (text.isEmpty()) {
      return otherwise;
    }
    return Units.size(text).stream()
        .filter(size -> size >= least && size <= most)
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    field,
                    "%s, from %dMiB to %dMiB".formatted(Units.SIZE, least >> 20, most >> 20)));
  }

  @Nullable URI webUrlOrNull(String field) {
    String text = textOrNull(field);
    return text == null ? null : SettingsReader.webUrl(key + "." + field, text);
  }

  Invalid wrong(String field, String accepted) {
    return SettingsReader.refused(key + "." + field, text(field), accepted);
  }
}
