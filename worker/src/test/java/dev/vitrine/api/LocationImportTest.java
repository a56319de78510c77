package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST …/locations} where the data that lies elsewhere is read. */
class LocationImportTest extends ImportFixture {

  private static final String SAID =
      ", \"validation_data\": {\"os_hash_algo\": \"%s\", \"os_hash_value\": \"%s\"}";

  @Override
  ApiInstallation called() {
    return hashing();
  }

  private Api.Reply give(UUID id, String url, String more) {
    return alice.post(
        Api.image(id) + "/locations", "{\"url\": \"%s\", \"metadata\": {}%s}".formatted(url, more));
  }

  private static String said(byte[] data) throws Exception {
    return SAID.formatted("sha512", digest("SHA-512", data));
  }

  private void assertThatItIsThere(UUID id, byte[] data) throws Exception {
    JsonNode image = alice.show(id);
    assertThat(image.path("status").textValue()).isEqualTo("active");
    assertThat(image.path("stores").textValue()).isEqualTo("http");
    assertThat(image.path("size").longValue()).isEqualTo(data.length);
    assertThat(image.path("checksum").textValue()).isEqualTo(digest("MD5", data));
    assertThat(image.path("os_hash_algo").textValue()).isEqualTo("sha512");
    assertThat(image.path("os_hash_value").textValue()).isEqualTo(digest("SHA-512", data));
    assertThat(image.has("os_glance_importing_to_stores")).isFalse();
    assertThat(alice.get(Api.image(id) + "/file").is(200).body()).isEqualTo(data);
    assertThat(called().stored(id)).isEmpty();
  }

  @Test
  void anImageIsActiveOnceItsDataIsWhatWasSaid() throws Exception {
    UUID id = alice.queued();
    byte[] data = data(300_000);
    try (ByteSource source = ByteSource.of(data)) {
      Api.Reply reply = give(id, source.url(), said(data)).is(202);
      assertThat(reply.json().path("id").textValue()).isEqualTo(id.toString());
      JsonNode task = succeeded(reply);
      assertThat(task.path("type").textValue()).isEqualTo("location_import");
      assertThat(task.at("/input/image_id").textValue()).isEqualTo(id.toString());
      assertThat(task.at("/input/loc_url").textValue()).isEqualTo(source.url());
      assertThat(task.at("/input/validation_data/os_hash_value").textValue())
          .isEqualTo(digest("SHA-512", data));
      assertThatItIsThere(id, data);
      assertThat(root.get(Api.image(id) + "/history").is(200).json().findValuesAsText("event"))
          .contains("begin import", "import succeeded")
          .doesNotContain("add first location");
    }
  }

  @Test
  void dataThatIsSomethingElseLeavesNothing() throws Exception {
    UUID id = alice.queued();
    try (ByteSource source = ByteSource.of(data(1000))) {
      JsonNode task = finished(give(id, source.url(), said(data(999))).is(202));
      assertThat(task.path("status").textValue()).isEqualTo("failure");
      assertThat(task.path("message").textValue())
          .contains(source.url(), "expected SHA-512 " + digest("SHA-512", data(999)));
    }
    assertThatItIsAsBefore(id);
  }

  @Test
  void anImageOfWhichNothingWasSaidIsActiveAtOnceAndGetsItsDigests() throws Exception {
    UUID id = alice.queued();
    byte[] data = data(200_000);
    try (ByteSource source = ByteSource.of(data)) {
      Api.Reply reply = give(id, source.url(), "").is(202);
      assertThat(reply.json().path("status").textValue()).isEqualTo("active");
      succeeded(reply);
      assertThatItIsThere(id, data);
      assertThat(root.get(Api.image(id) + "/history").is(200).json().findValuesAsText("event"))
          .contains("add first location");
    }
  }

  @Test
  void anImageOfWhichNothingWasSaidStaysActiveWithoutDigestsIfItsDataIsNotThere() throws Exception {
    UUID id = alice.queued();
    String url = called().url() + "/v2/nothing";
    JsonNode task = finished(give(id, url, "").is(202));
    assertThat(task.path("status").textValue()).isEqualTo("failure");
    assertThat(task.path("message").textValue()).contains("read of " + url, "404");
    JsonNode image = alice.show(id);
    assertThat(image.path("status").textValue()).isEqualTo("active");
    assertThat(image.path("checksum").isNull()).isTrue();
  }

  @Test
  void theQueryStringOfItsUrlIsInNoTask() throws Exception {
    UUID id = alice.queued();
    byte[] data = data(1000);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            boolean right = "sig=secret".equals(exchange.getRequestURI().getRawQuery());
            exchange.sendResponseHeaders(right ? 200 : 403, right ? data.length : -1);
            exchange.getResponseBody().write(right ? data : NOTHING);
          }
        });
    server.start();
    try {
      String url = "http://127.0.0.1:%d/a".formatted(server.getAddress().getPort());
      JsonNode task = succeeded(give(id, url + "?sig=secret", said(data)));
      assertThat(task.at("/input/loc_url").textValue()).isEqualTo(url + "?…");
      assertThatItIsThere(id, data);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void anImageThatIsDeletedWhileItIsReadLeavesNothing() throws Exception {
    UUID id = alice.queued();
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:%d/".formatted(silent.getLocalPort());
      Api.Reply reply = give(id, url, said(NOTHING)).is(202);
      assertThat(alice.status(id)).isEqualTo("importing");
      silent.accept();
      alice.upload(id, data(1)).error(409);
      alice.delete(Api.image(id)).is(204);
      UUID task = UUID.fromString(reply.header("x-vitrine-task-id"));
      ApiInstallation.await(
          "its task is over",
          () -> root.get("/v2/tasks/" + task).json().path("status").textValue().equals("failure"));
      assertThat(root.get("/v2/tasks/" + task).json().path("message").textValue())
          .contains("the image was deleted");
      assertThat(called().registry().locations().of(id)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"os_hash_algo\": \"sha512\"}",
        "{\"os_hash_value\": \"00\"}",
        "{\"os_hash_algo\": \"sha512\", \"os_hash_value\": \"00\"}",
        "{\"os_hash_algo\": \"sha256\", \"os_hash_value\":"
            + " \"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"}",
        "{\"os_hash_algo\": 1, \"os_hash_value\": \"00\"}",
        "[]]",
        "[1]",
        "\"text\""
      })
  void refusesWhatSaysNothing(String said) {
    UUID id = alice.queued();
    give(id, "http://127.0.0.1:1/x", ", \"validation_data\": " + said).error(400);
    assertThat(alice.status(id)).isEqualTo("queued");
  }

  @Test
  void refusesUrlsThatAreNotToBeRead() throws Exception {
    UUID id = alice.queued();
    give(id, "ftp://127.0.0.1/x", said(NOTHING)).error(400);
    give(id, "http://user:secret@127.0.0.1/x", said(NOTHING)).error(400);
    assertThat(alice.status(id)).isEqualTo("queued");
  }

  @Test
  void aServiceMayGiveIt() throws Exception {
    UUID id = alice.queued();
    byte[] data = data(100);
    try (ByteSource source = ByteSource.of(data)) {
      called()
          .as("nova", alice.project(), "service")
          .post(
              Api.image(id) + "/locations",
              "{\"url\": \"%s\"%s}".formatted(source.url(), said(data)))
          .is(202);
      awaitStatus(id, "active");
      assertThatItIsThere(id, data);
    }
    bob.post(Api.image(alice.queued()) + "/locations", "{\"url\": \"http://x/y\"}").error(404);
  }
}
