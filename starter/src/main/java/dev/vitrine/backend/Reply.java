package dev.vitrine.backend;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a command prints.
 *
 * @param document what JSON readers get
 * @param lines what people get, in order; null values are left out
 */
public record Reply(Object document, Map<String, @Nullable Object> lines) {

  /** The same for both. */
  public static Reply of(Map<String, @Nullable Object> fields) {
    return new Reply(fields, fields);
  }

  /** The same for both, of two fields. */
  public static Reply of(String first, Object firstValue, String second, Object secondValue) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put(first, firstValue);
    fields.put(second, secondValue);
    return of(fields);
  }
}
