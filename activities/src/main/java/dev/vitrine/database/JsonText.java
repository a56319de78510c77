package dev.vitrine.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.json.JsonMappers;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON in columns, written and read. Safe for use by many threads. */
public final class JsonText {

  private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
  private static final TypeReference<List<String>> LIST = new TypeReference<>() {};

  private JsonText() {}

  /** The value as JSON; {@code Invalid} if it can't be. */
  public static String write(Object value) {
    try {
      return JsonMappers.plain().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw VitrineException.because(
          e,
          new Invalid("the registry can't keep %s: %s".formatted(value, e.getOriginalMessage())));
    }
  }

  /** The value in a column; a fault of the program or its data if it is not one. */
  public static <T> T read(String json, Class<T> type) {
    try {
      return JsonMappers.plain().readValue(json, type);
    } catch (JsonProcessingException e) {
      throw corrupt(e);
    }
  }

  /** An object of whatever values. */
  public static Map<String, Object> object(String json) {
    return read(json, OBJECT);
  }

  /** An object of texts; empty if null. Most images have none, and need no parser for it. */
  public static Map<String, String> strings(@Nullable String json) {
    return json == null || json.equals("{}") ? Map.of() : read(json, STRINGS);
  }

  /** An array of texts; empty if null. */
  public static List<String> list(@Nullable String json) {
    return json == null || json.equals("[]") ? List.of() : read(json, LIST);
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return JsonMappers.plain().readValue(json, type);
    } catch (JsonProcessingException e) {
      throw corrupt(e);
    }
  }

  private static IllegalStateException corrupt(JsonProcessingException e) {
    return new IllegalStateException("a column of the registry is not the JSON it should be", e);
  }
}
