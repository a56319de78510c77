package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.config.Settings;
import dev.vitrine.http.Route;
import dev.vitrine.registry.Registry;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenApiTest {

  private static final Set<String> METHODS =
      Set.of("get", "head", "post", "put", "patch", "delete");

  /** Routes are made of its parts, which are asked nothing here. */
  private static final Registry NOTHING =
      (Registry)
          Proxy.newProxyInstance(
              Registry.class.getClassLoader(),
              new Class<?>[] {Registry.class},
              (proxy, method, arguments) -> null);

  /** All that there can be, with everything allowed. */
  static List<Route> routes() {
    Settings settings = Settings.load(null, Map.of("VITRINE_API_CANCEL_TASKS", "true"));
    return ApiRoutes.routes(
        NOTHING,
        null,
        settings.permissions(),
        null,
        null,
        null,
        settings.stores(),
        settings.api(),
        0,
        settings.imports().methods(),
        settings.transfer().web(),
        Set.of(),
        () -> true);
  }

  @Test
  void describesWhatIsServedAndNothingElse() {
    Set<String> served = new TreeSet<>();
    routes().forEach(route -> served.add(route.method() + " " + route.template()));
    Set<String> described = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : OpenApi.DOCUMENT.path("paths").properties()) {
      path.getValue()
          .fieldNames()
          .forEachRemaining(
              method -> {
                if (METHODS.contains(method)) {
                  described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                }
              });
    }
    assertThat(described).isEqualTo(served);
  }

  @Test
  void saysOfEveryRouteForKnownCallersThatAStrangerIsRefused() {
    routes()
        .forEach(
            route -> {
              JsonNode operation =
                  OpenApi.DOCUMENT
                      .path("paths")
                      .path(route.template())
                      .path(route.method().toLowerCase(Locale.ROOT));
              assertThat(operation.path("responses").has("401"))
                  .as("%s %s", route.method(), route.template())
                  .isEqualTo(!route.open());
              assertThat(operation.has("security")).isEqualTo(route.open());
            });
  }

  @Test
  void givesEveryOperationAnIdOfItsOwn() {
    List<String> ids = OpenApi.DOCUMENT.findValuesAsText("operationId");
    assertThat(ids).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  void namesEveryPlaceholderAsAParameter() {
    for (Map.Entry<String, JsonNode> path : OpenApi.DOCUMENT.path("paths").properties()) {
      List<String> named = new ArrayList<>();
      for (JsonNode parameter : path.getValue().path("parameters")) {
        JsonNode meant = resolved(parameter);
        if (meant.path("in").asText().equals("path")) {
          named.add("{" + meant.path("name").asText() + "}");
        }
      }
      List<String> placeholders = new ArrayList<>();
      for (String segment : path.getKey().split("/")) {
        if (segment.startsWith("{")) {
          placeholders.add(segment);
        }
      }
      assertThat(named).as(path.getKey()).isEqualTo(placeholders);
    }
  }

  @Test
  void refersToNothingThatIsMissing() {
    List<String> references = OpenApi.DOCUMENT.findValuesAsText("$ref");
    assertThat(references).isNotEmpty();
    for (String reference : references) {
      assertThat(OpenApi.DOCUMENT.at(reference.substring(1)).isMissingNode())
          .as(reference)
          .isFalse();
    }
  }

  /** What clients fetch and what the description says is one and the same. */
  @ParameterizedTest
  @CsvSource({"image, Image", "member, Member", "task, Task"})
  void agreesWithTheSchemasThatClientsFetch(String noun, String name) {
    ObjectNode fetched = Schemas.item(noun).path("properties").deepCopy();
    for (JsonNode property : fetched) {
      ((ObjectNode) property).remove("is_base");
    }
    ObjectNode described =
        OpenApi.DOCUMENT
            .path("components")
            .path("schemas")
            .path(name)
            .path("properties")
            .deepCopy();
    for (JsonNode property : described) {
      ((ObjectNode) property).remove("format");
    }
    assertThat(described).isEqualTo(fetched);
  }

  @Test
  void letsClientsGiveWhatTheyMayWrite() {
    JsonNode schemas = OpenApi.DOCUMENT.path("components").path("schemas");
    Set<String> writable = new TreeSet<>();
    for (Map.Entry<String, JsonNode> field :
        schemas.path("Image").path("properties").properties()) {
      if (!field.getValue().path("readOnly").asBoolean() && !field.getKey().equals("locations")) {
        writable.add(field.getKey());
      }
    }
    Set<String> given = new TreeSet<>();
    schemas.path("NewImage").path("properties").fieldNames().forEachRemaining(given::add);
    assertThat(given).isEqualTo(writable);
  }

  @Test
  void noticesWhatIsNotAsItSays() {
    byte[] flat = "{\"message\": \"x\", \"code\": 1}".getBytes(StandardCharsets.UTF_8);
    assertThat(OpenApi.errors("/components/schemas/Error", flat)).isNotEmpty();
    byte[] wrongTime =
        """
        {"image_id": "5a0b2c1e-0000-4000-8000-000000000000", "member_id": "m", "status": "pending",
         "created_at": "yesterday", "updated_at": "2026-11-24T06:10:29Z", "schema": "s"}
        """
            .getBytes(StandardCharsets.UTF_8);
    assertThat(OpenApi.errors("/components/schemas/Member", wrongTime)).hasSize(1);
  }

  private static JsonNode resolved(JsonNode node) {
    return node.has("$ref")
        ? OpenApi.DOCUMENT.at(node.path("$ref").textValue().substring(1))
        : node;
  }
}
