package dev.vitrine.remote;

import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.json.IsoTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a JSON object; what has another type than is expected counts as absent. */
final class JsonFields {

  private JsonFields() {}

  static @Nullable String text(Map<String, @Nullable Object> document, String key) {
    return document.get(key) instanceof String text ? text : null;
  }

  static String text(Map<String, @Nullable Object> document, String key, String otherwise) {
    String text = text(document, key);
    return text == null ? otherwise : text;
  }

  /**
   * A field without which the answer means nothing.
   *
   * @throws Unavailable naming the field: whatever answered does not speak this API
   */
  static String required(Map<String, @Nullable Object> document, String key) {
    String text = text(document, key);
    if (text == null) {
      throw new Unavailable(
          "the server's answer has no '%s'; is it an image API v2 that answers there?"
              .formatted(key));
    }
    return text;
  }

  static UUID id(Map<String, @Nullable Object> document) {
    String id = required(document, "id");
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      throw new Unavailable("the server's answer has the id '%s', which is no UUID".formatted(id));
    }
  }

  static @Nullable Long number(Map<String, @Nullable Object> document, String key) {
    return document.get(key) instanceof Number number ? Long.valueOf(number.longValue()) : null;
  }

  static boolean flag(Map<String, @Nullable Object> document, String key) {
    return Boolean.TRUE.equals(document.get(key));
  }

  /** A time; Glance's tasks give theirs without an offset sometimes, and mean UTC. */
  static @Nullable Instant time(Map<String, @Nullable Object> document, String key) {
    String text = text(document, key);
    return text == null ? null : IsoTime.parse(text).orElse(null);
  }

  static List<String> texts(Map<String, @Nullable Object> document, String key) {
    return document.get(key) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  /** A field that is an object; empty if there is none. */
  @SuppressWarnings("unchecked") // JSON's objects have texts for keys.
  static Map<String, @Nullable Object> object(Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
  }
}
