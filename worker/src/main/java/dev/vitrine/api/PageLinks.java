package dev.vitrine.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.http.Call;
import dev.vitrine.http.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lists that come in pages, with the links to the first and to the next one. */
final class PageLinks {

  /** Source: the reference's option {@code limit_param_default}. */
  private static final int USUAL = 25;

  /** Source: the reference's option {@code api_limit_max}. */
  private static final int MOST = 1000;

  private PageLinks() {}

  /** Writes one thing of the list. */
  interface Item<T> {
    void write(JsonGenerator out, T thing) throws IOException;
  }

  /**
   * How many things a page has.
   *
   * @throws Invalid if it is no number, or negative
   */
  static int limit(Call call) {
    String text = call.query("limit").orElse(Integer.toString(USUAL));
    if (!text.matches("\\d{1,18}")) {
      throw new Invalid("limit '%s': give a number, 0 or more".formatted(text));
    }
    return (int) Math.min(MOST, Long.parseLong(text));
  }

  /**
   * A page as a document.
   *
   * @param path of the list
   * @param name of the array
   * @param last the id of the last thing on the page; null if there is nothing after it
   */
  static <T> byte[] document(
      Call call, String path, String name, List<T> things, @Nullable UUID last, Item<T> item) {
    return document(call, path, name, things, last, item, "/v2/schemas/" + name);
  }

  /** The same of what only Vitrine lists: the API's description has its schema. */
  static <T> byte[] ofOurs(
      Call call, String path, String name, List<T> things, @Nullable Object last, Item<T> item) {
    return document(call, path, name, things, last, item, null);
  }

  private static <T> byte[] document(
      Call call,
      String path,
      String name,
      List<T> things,
      @Nullable Object last,
      Item<T> item,
      @Nullable String schema) {
    String query = query(call);
    return Json.write(
        out -> {
          out.writeStartObject();
          out.writeArrayFieldStart(name);
          for (T thing : things) {
            item.write(out, thing);
          }
          out.writeEndArray();
          out.writeStringField("first", query.isEmpty() ? path : path + "?" + query);
          if (last != null) {
            String rest = query.isEmpty() ? "" : query + "&";
            out.writeStringField("next", path + "?" + rest + "marker=" + last);
          }
          if (schema != null) {
            out.writeStringField("schema", schema);
          }
          out.writeEndObject();
        });
  }

  /** What was asked for, without the marker. */
  private static String query(Call call) {
    StringBuilder query = new StringBuilder();
    for (Map.Entry<String, List<String>> parameter : call.query().entrySet()) {
      if (parameter.getKey().equals("marker")) {
        continue;
      }
      for (String value : parameter.getValue()) {
        query
            .append(query.isEmpty() ? "" : "&")
            .append(encode(parameter.getKey()))
            .append('=')
            .append(encode(value));
      }
    }
    return query.toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
