package dev.vitrine.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.http.Answer;
import dev.vitrine.http.Json;
import dev.vitrine.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The JSON schemas of what the API gives and takes. glanceclient reads them before nearly every
 * command and refuses by them what a user typed, so that they have to be true.
 */
final class Schemas {

  private static final List<String> NOUNS = List.of("image", "member", "task");

  private final Map<String, byte[]> documents = new LinkedHashMap<>();

  Schemas() {
    for (String noun : NOUNS) {
      JsonNode item = item(noun);
      documents.put(noun, Json.write(item));
      documents.put(noun + "s", Json.write(collection(noun + "s", item)));
    }
  }

  List<Route> routes() {
    return documents.entrySet().stream()
        .map(
            schema ->
                Route.of(
                    "GET",
                    "/v2/schemas/" + schema.getKey(),
                    call -> Answer.json(200, schema.getValue())))
        .toList();
  }

  /** The schema of one thing. */
  static JsonNode item(String noun) {
    return noun.equals("image") ? ImageSchema.document() : resource(noun);
  }

  private static JsonNode resource(String noun) {
    String name = "schemas/" + noun + ".json";
    try (InputStream in = Objects.requireNonNull(Schemas.class.getResourceAsStream(name), name)) {
      return Json.read(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> collection(String name, JsonNode item) {
    boolean paged = !name.equals("members");
    Map<String, Object> text = Map.of("type", "string");
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put(name, Map.of("type", "array", "items", withoutContent(item)));
    if (paged) {
      properties.put("first", text);
      properties.put("next", text);
    }
    properties.put("schema", text);
    List<Map<String, String>> links =
        paged
            ? List.of(link("first"), link("next"), link("describedby", "schema"))
            : List.of(link("describedby", "schema"));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", name);
    document.put("properties", properties);
    document.put("links", links);
    return document;
  }

  /** A list of tasks says of each no more than what it is. */
  private static JsonNode withoutContent(JsonNode item) {
    if (!item.path("name").asText().equals("task")) {
      return item;
    }
    ObjectNode stub = item.deepCopy();
    ((ObjectNode) stub.get("properties")).remove(TaskDocument.NOT_IN_LISTS);
    return stub;
  }

  private static Map<String, String> link(String rel) {
    return link(rel, rel);
  }

  private static Map<String, String> link(String rel, String field) {
    return Map.of("rel", rel, "href", "{" + field + "}");
  }
}
