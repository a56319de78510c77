package dev.vitrine.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.vitrine.backend.Reply;
import dev.vitrine.json.JsonMappers;
import dev.vitrine.terminal.Table;
import dev.vitrine.terminal.TextWidth;
import dev.vitrine.text.Printable;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Prints one result.
 *
 * @param json as one JSON document, else as lines of a name and a value
 */
record Output(PrintWriter out, boolean json) {

  /** Prints a result. */
  void print(Reply reply) {
    if (json) {
      out.println(toJson(reply.document()));
    } else {
      Map<String, @Nullable Object> lines = new LinkedHashMap<>(reply.lines());
      lines.values().removeIf(Objects::isNull);
      int width =
          lines.keySet().stream().map(Printable::escape).mapToInt(TextWidth::of).max().orElse(0);
      lines.forEach(
          (name, value) -> {
            String shown = Printable.escape(name);
            String room = " ".repeat(width - TextWidth.of(shown));
            out.println(shown + room + "  " + Printable.escape(String.valueOf(value)));
          });
    }
    out.flush();
  }

  /**
   * Prints a list.
   *
   * @param document what JSON readers get
   * @param table what people get
   * @param width of their terminal, in columns
   */
  void print(Object document, Table table, int width) {
    if (json) {
      out.println(toJson(document));
    } else if (!table.isEmpty()) {
      table.lines(width).forEach(out::println);
    }
    out.flush();
  }

  static String toJson(Object document) {
    try {
      // As the records look in a workflow's history, so that there is one JSON form.
      return JsonMappers.records().writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result has no JSON form", e);
    }
  }
}
