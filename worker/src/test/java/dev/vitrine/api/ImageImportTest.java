package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stages and imports over HTTP, with three stores. */
class ImageImportTest extends ImportFixture {

  private static final String WEB = "{\"name\": \"web-download\", \"uri\": \"%s/openapi.json\"}";
  private static final String COPY = "{\"method\": {\"name\": \"copy-image\"}%s}";

  @Override
  ApiInstallation called() {
    return manyStores();
  }

  private Api.Reply web(UUID id, String rest) {
    return importInto(alice, id, "{\"method\": " + WEB.formatted(alice.url()) + rest + "}");
  }

  @Test
  void stagesAndImports() throws Exception {
    UUID id = alice.queued();
    byte[] data = data(200_000);

    stage(id, data).is(204);

    assertThat(alice.status(id)).isEqualTo("uploading");
    assertThat(alice.get(Api.image(id) + "/file").status()).isEqualTo(204);
    assertThat(alice.upload(id, data).status()).isEqualTo(409);
    assertThat(stage(id, data).status()).isEqualTo(409);
    JsonNode progress = alice.get(Api.image(id) + "/progress").is(200).json();
    assertThat(progress.path("status").textValue()).isEqualTo("uploading");
    assertThat(progress.path("message").textValue()).contains("waits for its import");
    List<Path> staged = manyStores().stored(id);
    assertThat(staged).hasSize(1);

    JsonNode task = succeeded(importInto(alice, id, DIRECT.formatted("")));

    assertThatItHas(id, data, "a");
    assertThat(manyStores().stored(id)).isEqualTo(staged);
    assertThat(task.path("type").textValue()).isEqualTo("api_image_import");
    assertThat(task.path("image_id").textValue()).isEqualTo(id.toString());
    assertThat(task.path("user_id").textValue()).isEqualTo("alice");
  }

  /** The reference stages it, and then neither imports it nor lets the formats be changed. */
  @Test
  void stagingWithoutDiskAndContainerFormatsCanBeCompleted() throws Exception {
    UUID id = alice.create("\"name\": \"bare\"");
    byte[] data = data(10_000);

    assertThat(stage(id, data).error(400)).contains("has no disk_format: set it before");

    assertThat(alice.status(id)).isEqualTo("queued");
    assertThat(manyStores().stored(id)).isEmpty();
    alice
        .patch(
            id,
            "[{\"op\": \"add\", \"path\": \"/disk_format\", \"value\": \"raw\"},"
                + " {\"op\": \"add\", \"path\": \"/container_format\", \"value\": \"bare\"}]")
        .is(200);
    stage(id, data).is(204);
    succeeded(importInto(alice, id, DIRECT.formatted("")));
    assertThatItHas(id, data, "a");
  }

  @Test
  void whatIsStagedIsCopiedIntoTheStoresThatAreAskedFor() throws Exception {
    UUID id = alice.queued();
    byte[] data = data(100_000);
    stage(id, data).is(204);

    succeeded(importInto(alice, id, DIRECT.formatted(", \"stores\": [\"c\", \"b\"]")));

    assertThatItHas(id, data, "b,c");
  }

  @Test
  void downloadsIntoAllStores() throws Exception {
    UUID id = alice.queued();

    Api.Reply reply = web(id, ", \"all_stores\": true");

    JsonNode task = succeeded(reply);
    assertThatItHas(id, alice.get("/openapi.json").body(), "a,b,c");
    assertThat(task.path("request_id").textValue())
        .isEqualTo(reply.header("x-openstack-request-id"));
    assertThat(task.at("/input/import_req/method/uri").textValue())
        .isEqualTo(alice.url() + "/openapi.json");
    assertThat(task.at("/input/import_req/all_stores").booleanValue()).isTrue();
    assertThat(task.path("input").path("backend")).hasSize(3);
    assertThat(task.at("/result/image_id").textValue()).isEqualTo(id.toString());
  }

  @Test
  void copiesAnActiveImage() throws Exception {
    byte[] data = data(50_000);
    UUID id = alice.active(data);
    assertThat(importInto(alice, id, COPY.formatted(", \"stores\": [\"b\"]")).status())
        .isEqualTo(403);

    Api.Reply reply = importInto(root, id, COPY.formatted(", \"stores\": [\"b\"]")).is(202);
    ApiInstallation.await(
        "it is copied", () -> alice.show(id).path("stores").textValue().equals("a,b"));
    assertThatItHas(id, data, "a,b");
    assertThat(importInto(root, id, COPY.formatted(", \"stores\": [\"b\", \"c\"]")).error(400))
        .contains("'b'");

    importInto(root, id, COPY.formatted(", \"all_stores\": true")).is(202);
    ApiInstallation.await(
        "it is everywhere", () -> alice.show(id).path("stores").textValue().equals("a,b,c"));
    importInto(root, id, COPY.formatted(", \"all_stores\": true")).is(202);
    assertThat(reply.header("x-vitrine-task-id")).isNotNull();
  }

  @Test
  void aSourceThatIsGoneLeavesTheImageAsItWas() throws Exception {
    UUID id = alice.queued();

    Api.Reply reply =
        importInto(
                alice,
                id,
                "{\"method\": {\"name\": \"web-download\", \"uri\": \"%s/v2/nothing?sig=top\"}, \"all_stores\": true}"
                    .formatted(alice.url()))
            .is(202);

    JsonNode task = finished(reply);
    assertThat(task.path("status").textValue()).isEqualTo("failure");
    assertThat(task.path("message").textValue())
        .contains("image " + id)
        .contains("download into stores 'a', 'b', 'c', attempt 1")
        .contains("404")
        .doesNotContain("top");
    assertThat(task.at("/input/import_req/method/uri").textValue()).endsWith("/v2/nothing?…");
    assertThat(alice.show(id).path("os_glance_failed_import").textValue()).isEqualTo("a,b,c");
    assertThatItIsAsBefore(id);
    assertThat(alice.show(id).has("os_glance_failed_import")).isFalse();
  }

  @Test
  void aFailedImportIsRetriedByAnotherTask() throws Exception {
    UUID id = alice.queued();
    byte[] data = data(1000);
    AtomicInteger asked = new AtomicInteger();
    HttpServer flaky =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    flaky.createContext(
        "/",
        exchange -> {
          try (exchange) {
            boolean first = asked.getAndIncrement() == 0;
            exchange.sendResponseHeaders(first ? 404 : 200, first ? -1 : data.length);
            if (!first) {
              exchange.getResponseBody().write(data);
            }
          }
        });
    flaky.start();
    try {
      String url = "http://127.0.0.1:%d/x?sig=y".formatted(flaky.getAddress().getPort());
      JsonNode failed =
          finished(
              importInto(
                      alice,
                      id,
                      "{\"method\": {\"name\": \"web-download\", \"uri\": \"%s\"}}".formatted(url))
                  .is(202));
      assertThat(failed.path("status").textValue()).isEqualTo("failure");

      String retry = "/v2/tasks/" + failed.path("id").textValue() + "/retry";
      String again = root.post(retry, "{}").is(201).json().path("id").textValue();

      ApiInstallation.await("it is active", () -> alice.status(id).equals("active"));
      assertThatItHas(id, data, "a");
      assertThat(root.get("/v2/tasks/" + again).is(200).json().path("retry_of"))
          .isEqualTo(failed.path("id"));
    } finally {
      flaky.stop(0);
    }
  }

  @Test
  void wrongFormatsAreToldAndLeaveNothing() throws Exception {
    UUID id = alice.create("\"disk_format\": \"qcow2\", \"container_format\": \"bare\"");

    JsonNode task = finished(web(id, "").is(202));

    assertThat(task.path("status").textValue()).isEqualTo("failure");
    assertThat(task.path("message").textValue()).contains("qcow2");
    awaitStatus(id, "queued");
    ApiInstallation.await("no data is left", () -> manyStores().stored(id).isEmpty());
  }

  @Test
  void aStagedImageThatIsDeletedLeavesNothing() throws Exception {
    UUID id = alice.queued();
    stage(id, data(1000)).is(204);

    alice.delete(Api.image(id)).is(204);

    ApiInstallation.await("no data is left", () -> manyStores().stored(id).isEmpty());
    ApiInstallation.await(
        "no location is left", () -> manyStores().registry().locations().of(id).isEmpty());
  }

  @Test
  void aRepeatUnderOneKeyIsOneImport() throws Exception {
    UUID id = alice.queued();
    String body = "{\"method\": " + WEB.formatted(alice.url()) + "}";
    Api.Reply first = importInto(alice, id, body, "Idempotency-Key", "k" + id).is(202);
    finished(first);

    Api.Reply second = importInto(alice, id, body, "Idempotency-Key", "k" + id).is(202);

    assertThat(second.header("x-vitrine-task-id")).isEqualTo(first.header("x-vitrine-task-id"));
    assertThat(alice.get(Api.image(id) + "/tasks").json().path("tasks")).hasSize(1);
  }

  @Test
  void anImageInAnotherStatusIsRefused() {
    UUID queued = alice.queued();
    UUID active = alice.active(NOTHING);
    assertThat(importInto(alice, queued, DIRECT.formatted("")).status()).isEqualTo(409);
    assertThat(importInto(root, queued, COPY.formatted("")).status()).isEqualTo(409);
    assertThat(web(active, "").status()).isEqualTo(409);
    assertThat(stage(active, data(1)).status()).isEqualTo(409);
    assertThat(web(alice.create("\"name\": \"bare\""), "").status()).isEqualTo(409);
    assertThat(alice.get(Api.image(queued) + "/tasks").json().path("tasks")).isEmpty();
  }

  @Test
  void whoMayNotIsToldSo() {
    UUID id = alice.queued();
    String body = DIRECT.formatted("");
    assertThat(importInto(rita, id, body).status()).isEqualTo(403);
    assertThat(importInto(bob, id, body).status()).isEqualTo(404);
    assertThat(importInto(alice, UUID.randomUUID(), body).status()).isEqualTo(404);
    assertThat(
            rita.send(
                    "PUT",
                    Api.image(id) + "/stage",
                    "application/octet-stream",
                    BodyPublishers.ofByteArray(data(1)))
                .status())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{\"method\": \"glance-direct\"}",
        "{\"method\": {\"name\": \"by-magic\"}}",
        "{\"method\": {\"name\": \"glance-download\"}}",
        "{\"method\": {\"name\": \"web-download\"}}",
        "{\"method\": {\"name\": \"web-download\", \"uri\": \"\"}}",
        "{\"method\": {\"name\": \"web-download\", \"uri\": \"file:///etc/passwd\"}}",
        "{\"method\": {\"name\": \"web-download\", \"uri\": \"ftp://example.org/a\"}}",
        "{\"method\": {\"name\": \"web-download\", \"uri\": \"http://u:p@example.org/a\"}}",
        "{\"method\": {\"name\": \"web-download\", \"uri\": \"http://2130706433/a\"}}",
        "{\"method\": {\"name\": \"web-download\", \"uri\": \"not a url\"}}",
        "{\"method\": {\"name\": \"glance-direct\", \"uri\": \"http://x.example/\"}}",
        "{\"method\": {\"name\": \"glance-direct\", \"uri\": 7}}",
        "{\"method\": {\"name\": \"glance-direct\"}, \"stores\": []}",
        "{\"method\": {\"name\": \"glance-direct\"}, \"stores\": \"a\"}",
        "{\"method\": {\"name\": \"glance-direct\"}, \"stores\": [1]}",
        "{\"method\": {\"name\": \"glance-direct\"}, \"all_stores\": \"yes\"}",
        "{\"method\": {\"name\": \"glance-direct\"}, \"stores\": [\"a\"], \"all_stores\": true}"
      })
  void aWrongBodyIsRefused(String body) {
    UUID id = alice.queued();
    assertThat(importInto(alice, id, body).error(400)).isNotEmpty();
    assertThat(alice.status(id)).isEqualTo("queued");
  }

  @Test
  void aStoreThatThereIsNotIsRefused() {
    UUID id = alice.queued();
    assertThat(web(id, ", \"stores\": [\"a\", \"z\"]").error(409)).contains("'z'", "a, b, c");
    assertThat(alice.status(id)).isEqualTo("queued");
  }

  @ParameterizedTest
  @CsvSource({"glance-direct", "web-download", "copy-image"})
  void tellsItsMethods(String method) {
    assertThat(alice.get("/v2/info/import").is(200).json().at("/import-methods/value"))
        .extracting(JsonNode::textValue)
        .contains(method);
    assertThat(
            alice
                .post("/v2/images", "{" + Api.FORMATS + "}")
                .is(201)
                .header("OpenStack-image-import-methods"))
        .isEqualTo("glance-direct,web-download,copy-image");
  }

  @Test
  void noUserWritesWhatImportsSay() {
    UUID id = alice.queued();
    for (String field : List.of("os_glance_importing_to_stores", "os_glance_failed_import")) {
      assertThat(
              alice
                  .patch(
                      id,
                      "[{\"op\": \"add\", \"path\": \"/%s\", \"value\": \"a\"}]".formatted(field))
                  .status())
          .isEqualTo(403);
    }
  }

  @Test
  void whatIsStagedAndNeverImportedGoesAfterTheStagingTime() throws Exception {
    try (ApiInstallation hasty =
        new ApiInstallation(
            Map.of(
                "VITRINE_IMPORTS_STAGING_TIME", "1s", "VITRINE_RECONCILIATION_INTERVAL", "1s"))) {
      Api carol = hasty.as("carol", "p", "member");
      UUID id = carol.queued();
      carol
          .send(
              "PUT",
              Api.image(id) + "/stage",
              "application/octet-stream",
              BodyPublishers.ofByteArray(data(1000)))
          .is(204);

      ApiInstallation.await("it is queued", () -> carol.status(id).equals("queued"));

      ApiInstallation.await("no data is left", () -> hasty.stored(id).isEmpty());
      assertThat(carol.upload(id, data(10)).status()).isEqualTo(204);
    }
  }

  /** Where nothing may be imported there is no such call. */
  @Test
  void anOperatorCanSwitchThemOff() throws Exception {
    try (ApiInstallation without = new ApiInstallation(Map.of("VITRINE_IMPORTS_METHODS", ""))) {
      Api carol = without.as("carol", "p", "member");
      UUID id = carol.queued();
      assertThat(importInto(carol, id, DIRECT.formatted("")).status()).isEqualTo(404);
      assertThat(carol.get("/v2/info/import").json().at("/import-methods/value")).isEmpty();
    }
  }
}
