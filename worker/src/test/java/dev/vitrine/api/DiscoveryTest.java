package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.http.Answer;
import dev.vitrine.http.Call;
import dev.vitrine.http.Endpoint;
import dev.vitrine.http.Json;
import dev.vitrine.http.Route;
import dev.vitrine.http.Wire;
import dev.vitrine.task.TaskType;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryTest extends ApiTest {

  private static Wire.Reply anybody(String method, String target) throws IOException {
    return Wire.exchange(
        installation().url(),
        "%s %s HTTP/1.1\nHost: images.example:9292\nAccept: application/json\n\n"
            .formatted(method, target));
  }

  @Test
  void saysThatItIsNotReadyBeforeItStops() {
    Call nobody = new Call("req", null, Map.of(), Map.of(), name -> null, new byte[0], "http://x");
    Route check =
        new Discovery(() -> false)
            .routes().stream()
                .filter(route -> route.template().equals("/healthcheck"))
                .findFirst()
                .orElseThrow();

    Answer answer = ((Endpoint.Whole) check.endpoint()).answer(nobody);

    assertThat(answer.status()).isEqualTo(503);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("STOPPING");
  }

  @ParameterizedTest
  @CsvSource({"/, 300", "/versions, 200", "/v2, 300", "/v2/, 300"})
  void listsTheVersionsToAnybody(String path, int status) throws IOException {
    Wire.Reply reply = anybody("GET", path);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    JsonNode versions = Json.read(reply.body().getBytes(StandardCharsets.UTF_8)).path("versions");
    assertThat(versions.findValuesAsText("id"))
        .contains("v2.0", "v2.12", "v2.17")
        .allMatch(id -> id.startsWith("v2."));
    assertThat(versions.findValuesAsText("href")).containsOnly("http://images.example:9292/v2/");
    assertThat(versions.findValuesAsText("status")).containsOnlyOnce("CURRENT");
    assertThat(versions.get(0).path("status").textValue()).isEqualTo("CURRENT");
    alice.get(path).is(status);
    alice.send("HEAD", path, null, BodyPublishers.noBody()).is(status);
  }

  /** HAProxy's plain health check, and those of others. */
  @ParameterizedTest
  @CsvSource({"OPTIONS, /, 200", "HEAD, /, 300", "GET, /healthcheck, 200", "OPTIONS, *, 200"})
  void isAliveForBalancersThatNameNoHost(String method, String path, int status)
      throws IOException {
    try (Wire wire = Wire.to(installation().url())) {
      wire.send("%s %s HTTP/1.0\n\n".formatted(method, path));
      assertThat(wire.replyWithoutBody().status()).isEqualTo(status);
    }
  }

  @Test
  void tellsAnybodyTheMethodsOfEveryPath() throws IOException {
    for (Map.Entry<String, JsonNode> path : OpenApi.DOCUMENT.path("paths").properties()) {
      Set<String> described = new TreeSet<>(Set.of("OPTIONS"));
      for (String method : List.of("get", "head", "post", "put", "patch", "delete")) {
        if (path.getValue().has(method)) {
          described.add(method.toUpperCase(Locale.ROOT));
        }
      }
      String target = path.getKey().replaceAll("\\{\\w+}", "x");
      Wire.Reply reply = anybody("OPTIONS", target);
      assertThat(reply.status()).as(target).isEqualTo(200);
      if (!target.equals("/v2/tasks/x")) {
        assertThat(reply.header("Allow")).as(target).isEqualTo(String.join(", ", described));
      }
    }
  }

  @Test
  void saysToAnybodyThatItIsThere() throws IOException {
    assertThat(anybody("GET", "/healthcheck").body()).isEqualTo("OK");
    alice.get("/healthcheck").is(200);
    alice.send("HEAD", "/healthcheck", null, BodyPublishers.noBody()).is(200);
  }

  @Test
  void describesItselfToAnybody() throws IOException {
    assertThat(Json.read(anybody("GET", "/openapi.json").body().getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(OpenApi.DOCUMENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2/images",
        "/v2/schemas/image",
        "/v2/info/stores",
        "/v2/images/5a0b2c1e-0000-4000-8000-000000000000"
      })
  void asksForANameBeforeItSaysMore(String path) throws IOException {
    Wire.Reply reply = anybody("GET", path);
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.header("WWW-Authenticate")).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/v1", "/v2/tenants", "/v2/tenants/x", "/v3", "/v2/metadefs/namespaces", "/x"})
  void knowsNothingElse(String path) {
    assertThat(alice.get(path).error(404)).contains(path);
  }

  @Test
  void listsItsStoresAndWhichIsTheDefault() {
    JsonNode stores = alice.get("/v2/info/stores").is(200).json().path("stores");
    assertThat(stores).hasSize(1);
    assertThat(stores.get(0).path("id").textValue()).isEqualTo("local");
    assertThat(stores.get(0).path("default").textValue()).isEqualTo("true");
  }

  @Test
  void tellsServicesAndAdminsHowItsStoresAreMade() {
    for (Api by : List.of(root, called().as("nova", alice.project(), "service"))) {
      JsonNode store = by.get("/v2/info/stores/detail").is(200).json().path("stores").get(0);
      assertThat(store.path("id").textValue()).isEqualTo("local");
      assertThat(store.path("type").textValue()).isEqualTo("file");
      assertThat(store.path("default").textValue()).isEqualTo("true");
      assertThat(Path.of(store.at("/properties/data_dir").textValue())).isDirectory();
    }
    alice.get("/v2/info/stores/detail").error(403);
  }

  /** The announced version, and a call that came with it. Source: the reference's release notes. */
  @ParameterizedTest
  @CsvSource({
    "2.6,  /v2/info/import",
    "2.8,  /v2/info/stores",
    "2.12, /v2/images/{id}/tasks",
    "2.13, /v2/info/usage",
    "2.14, /v2/cache",
    "2.15, /v2/info/stores/detail",
    "2.17, /v2/images/{id}/locations",
  })
  void announcesAVersionWithItsCall(String version, String path) {
    UUID id = alice.active(new byte[1]);
    int status = root.get(path.replace("{id}", id.toString())).status();
    assertThat(status != 404).isEqualTo(Discovery.VERSIONS.contains(version));
  }

  @Test
  void tellsTheWaysToImportIntoAnImage() {
    JsonNode methods = alice.get("/v2/info/import").is(200).json().path("import-methods");
    assertThat(methods.path("value"))
        .extracting(JsonNode::textValue)
        .containsExactly("glance-direct", "web-download", "copy-image");
  }

  @ParameterizedTest
  @ValueSource(strings = {"image", "images", "member", "members", "task", "tasks"})
  void givesClientsItsSchemas(String noun) {
    JsonNode schema = alice.get("/v2/schemas/" + noun).is(200).json();
    assertThat(schema.path("name").textValue()).isEqualTo(noun);
    assertThat(schema.path("properties").isObject()).isTrue();
  }

  @Test
  void tellsWhichPropertiesAreNotOfEveryImage() {
    JsonNode properties = alice.get("/v2/schemas/image").is(200).json().path("properties");
    assertThat(properties.path("os_distro").path("is_base").booleanValue()).isFalse();
    assertThat(properties.path("os_distro").has("is_base")).isTrue();
    assertThat(properties.path("name").has("is_base")).isFalse();
  }

  @Test
  void announcesTheTypesOfTasksThatItHasAndNoOther() {
    assertThat(alice.get("/v2/schemas/task").is(200).json().at("/properties/type/enum"))
        .extracting(JsonNode::textValue)
        .containsExactlyElementsOf(Stream.of(TaskType.values()).map(TaskType::wireName).toList());
  }
}
