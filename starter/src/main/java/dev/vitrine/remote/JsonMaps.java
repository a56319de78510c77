package dev.vitrine.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.vitrine.json.JsonMappers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON objects as maps in their order, so that what a server adds is kept. */
final class JsonMaps {

  private static final TypeReference<LinkedHashMap<String, @Nullable Object>> OBJECT =
      new TypeReference<>() {};

  private JsonMaps() {}

  static byte[] bytes(Object document) {
    try {
      return JsonMappers.plain().writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads an object; empty if it is none. */
  static Optional<Map<String, @Nullable Object>> object(String text) {
    return object(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** Reads an object; empty if it is none. */
  static Optional<Map<String, @Nullable Object>> object(byte[] text) {
    try {
      Map<String, @Nullable Object> read = JsonMappers.plain().readValue(text, OBJECT);
      return Optional.ofNullable(read);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The objects of a list that is a field; those that are none are left out. */
  static List<Map<String, @Nullable Object>> objects(
      Map<String, @Nullable Object> document, String key) {
    List<Map<String, @Nullable Object>> objects = new ArrayList<>();
    if (document.get(key) instanceof List<?> list) {
      for (Object item : list) {
        if (item instanceof Map<?, ?>) {
          objects.add(JsonFields.object(item));
        }
      }
    }
    return objects;
  }

  /** A copy that can't be changed; unlike the JDK's own it keeps the order, and null. */
  static Map<String, @Nullable Object> copy(Map<String, @Nullable Object> document) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(document));
  }
}
