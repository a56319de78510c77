package dev.vitrine.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import java.io.PrintWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints one result.
 *
 * @param json as one JSON document, else as lines of a name and a value
 */
record Output(PrintWriter out, boolean json) {

  /** As the records look in a workflow's history, so that there is one JSON form. */
  private static final ObjectMapper MAPPER =
      JacksonJsonPayloadConverter.newDefaultObjectMapper()
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

  /**
   * Prints a result.
   *
   * @param document what JSON readers get
   * @param lines what people get, in order; null values are left out
   */
  void print(Object document, Map<String, ? extends @Nullable Object> lines) {
    if (json) {
      out.println(toJson(document));
    } else {
      int width = lines.keySet().stream().mapToInt(String::length).max().orElse(0);
      lines.forEach(
          (name, value) -> {
            if (value != null) {
              out.println("%s%s  %s".formatted(name, " ".repeat(width - name.length()), value));
            }
          });
    }
    out.flush();
  }

  static String toJson(Object document) {
    try {
      return MAPPER.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result has no JSON form", e);
    }
  }
}
