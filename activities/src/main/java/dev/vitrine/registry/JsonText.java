package dev.vitrine.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vitrine.error.VitrineException.Invalid;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON in columns. */
final class JsonText {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
  private static final TypeReference<List<String>> LIST = new TypeReference<>() {};

  private JsonText() {}

  static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new Invalid("the registry can't keep %s: %s".formatted(value, e.getOriginalMessage()));
    }
  }

  static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw corrupt(e);
    }
  }

  static Map<String, Object> object(String json) {
    return read(json, OBJECT);
  }

  static Map<String, String> strings(@Nullable String json) {
    return json == null ? Map.of() : read(json, STRINGS);
  }

  static List<String> list(@Nullable String json) {
    return json == null ? List.of() : read(json, LIST);
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw corrupt(e);
    }
  }

  private static IllegalStateException corrupt(JsonProcessingException e) {
    return new IllegalStateException("a column of the registry is not the JSON it should be", e);
  }
}
