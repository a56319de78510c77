package dev.vitrine.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.error.Excerpt;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.http.Json;
import dev.vitrine.image.ImportMethod;
import dev.vitrine.task.ImportRequest;
import dev.vitrine.task.ImportVia;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The body of an import: {@code {"method": {"name": "web-download", "uri": …}, "stores": […]}}. */
final class ImportBody {

  private static final List<String> FIELDS =
      List.of("method", "stores", "all_stores", "all_stores_must_succeed");

  /** Of a catalogue of services; the operator names the one that is asked. */
  private static final List<String> INTERFACES = List.of("public", "internal", "admin");

  private ImportBody() {}

  /**
   * What is asked for.
   *
   * @param methods those that there are
   * @throws Invalid naming the field, its value and what is accepted
   */
  static ImportRequest read(byte[] body, List<ImportMethod> methods) {
    JsonNode document = Json.read(body);
    if (!document.isObject()) {
      throw new Invalid("the body is no JSON object: give one with a 'method'");
    }
    requireFields("import", document, FIELDS);
    return new ImportRequest(
        via(document.path("method"), methods),
        stores(document.path("stores")),
        flag(document, "all_stores"),
        flag(document, "all_stores_must_succeed"));
  }

  private static ImportVia via(JsonNode method, List<ImportMethod> methods) {
    String names = methods.stream().map(ImportMethod::wireName).collect(Collectors.joining(", "));
    if (!method.path("name").isTextual()) {
      throw new Invalid("the import has no text as the 'name' of its 'method': give " + names);
    }
    ImportMethod name =
        ImportMethod.find(method.get("name").textValue())
            .filter(methods::contains)
            .orElseThrow(
                () ->
                    new Invalid(
                        "import method %s: give one of %s"
                            .formatted(Excerpt.value(method.get("name")), names)));
    if (name == ImportMethod.WEB_DOWNLOAD) {
      requireFields("import method", method, List.of("name", "uri"));
      if (!method.path("uri").isTextual() || method.get("uri").textValue().isBlank()) {
        throw new Invalid("import by web-download has no text as 'uri': give a URL");
      }
      return ImportVia.webDownload(method.get("uri").textValue());
    }
    if (name == ImportMethod.GLANCE_DOWNLOAD) {
      return glanceDownload(method);
    }
    // Some clients send an empty one along.
    requireFields("import method", method, List.of("name", "uri"));
    JsonNode uri = method.path("uri");
    if (!uri.isMissingNode() && !uri.isNull() && !uri.asText("?").isEmpty()) {
      throw new Invalid("import by %s takes no uri: leave it out".formatted(name));
    }
    return ImportVia.of(name);
  }

  private static ImportVia glanceDownload(JsonNode method) {
    requireFields(
        "import method",
        method,
        List.of("name", "uri", "glance_region", "glance_image_id", "glance_service_interface"));
    for (String field : List.of("glance_region", "glance_image_id")) {
      if (!method.path(field).isTextual() || method.get(field).textValue().isBlank()) {
        throw new Invalid(
            "import by glance-download has no text as '%s': give a region and the id of an image there"
                .formatted(field));
      }
    }
    JsonNode serviceInterface = method.path("glance_service_interface");
    if (!serviceInterface.isMissingNode() && !INTERFACES.contains(serviceInterface.asText())) {
      throw new Invalid(
          "glance_service_interface %s: give one of %s"
              .formatted(Excerpt.value(serviceInterface), String.join(", ", INTERFACES)));
    }
    return ImportVia.glanceDownload(
        method.get("glance_region").textValue(),
        Ids.given("glance_image_id", method.get("glance_image_id").textValue()),
        serviceInterface.textValue(),
        null);
  }

  private static @Nullable List<String> stores(JsonNode given) {
    if (given.isMissingNode() || given.isNull()) {
      return null;
    }
    List<String> stores = new ArrayList<>();
    for (JsonNode each : given) {
      if (!each.isTextual()) {
        throw new Invalid("stores: %s is no name of a store".formatted(Excerpt.value(each)));
      }
      stores.add(each.textValue());
    }
    if (!given.isArray() || stores.isEmpty()) {
      throw new Invalid("stores %s: give a list of names".formatted(Excerpt.value(given)));
    }
    return stores;
  }

  private static @Nullable Boolean flag(JsonNode document, String field) {
    JsonNode given = document.path(field);
    if (given.isMissingNode() || given.isNull()) {
      return null;
    }
    if (!given.isBoolean()) {
      throw new Invalid("%s %s: give true or false".formatted(field, Excerpt.value(given)));
    }
    return given.booleanValue();
  }

  private static void requireFields(String what, JsonNode object, List<String> known) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!known.contains(field.getKey())) {
        throw new Invalid(
            "%s '%s' is unknown: give %s"
                .formatted(what, field.getKey(), String.join(", ", known)));
      }
    }
  }
}
