package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Imports by {@code glance-download}, from another region's image API as its documents say it is.
 */
class GlanceDownloadTest extends ImportFixture {

  private static final String TOKEN = "token-" + UUID.randomUUID();
  private static final Queue<String> tokens = new ConcurrentLinkedQueue<>();
  private static HttpServer region;
  private static String description;
  private static byte[] served;
  private static int status;
  private UUID remote;

  @BeforeAll
  static void startRegion() throws IOException {
    region = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    region.createContext("/image/v2/images/", GlanceDownloadTest::answer);
    region.start();
  }

  @AfterAll
  static void stopRegion() {
    region.stop(0);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Auth-Token")));
      boolean file = exchange.getRequestURI().getPath().endsWith("/file");
      byte[] body = file ? served : description.getBytes(StandardCharsets.UTF_8);
      if (status == 302) {
        exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
      }
      exchange.sendResponseHeaders(status, status == 200 && body.length > 0 ? body.length : -1);
      if (status == 200) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  @Override
  ApiInstallation called() {
    return with(
        Map.of(
            "VITRINE_IMPORTS_METHODS",
            "glance-download,web-download",
            "VITRINE_IMPORTS_REGIONS",
            "two=http://127.0.0.1:%d/image".formatted(region.getAddress().getPort()),
            "VITRINE_WEB_SOURCES_ADDRESSES",
            ""));
  }

  @BeforeEach
  void serve() throws Exception {
    remote = UUID.randomUUID();
    status = 200;
    serve(data(200_000), data(200_000), "\"status\": \"active\"");
  }

  private void serve(byte[] data, byte[] described, String more) throws Exception {
    served = data;
    description =
        """
        {"id": "%s", "disk_format": "qcow2", "container_format": "ovf", "size": %d, "checksum": "%s",
         "os_hash_algo": "sha512", "os_hash_value": "%s", "name": "theirs", "visibility": "public",
         "hw_disk_bus": "scsi", "os_distro": "debian", "team": "theirs", "os_glance_x": "y",
         "os_type": 7, "owner": "them", %s}
        """
            .formatted(
                remote,
                described.length,
                digest("MD5", described),
                digest("SHA-512", described),
                more);
  }

  private Api.Reply importInto(UUID id) {
    return importInto(alice, id, body(), "X-Auth-Token", TOKEN);
  }

  private String body() {
    return """
    {"method": {"name": "glance-download", "glance_region": "two", "glance_image_id": "%s",
                "glance_service_interface": "internal"}}
    """
        .formatted(remote);
  }

  @Test
  void fetchesDataAndWhatComesAlong() throws Exception {
    UUID id = alice.create("\"name\": \"mine\", \"os_distro\": \"before\"");
    tokens.clear();
    JsonNode task = succeeded(importInto(id));
    assertThat(task.path("type").textValue()).isEqualTo("api_image_import");
    assertThat(task.at("/input/import_req/method/glance_region").textValue()).isEqualTo("two");
    assertThat(task.toString()).doesNotContain(TOKEN).doesNotContain("query");
    assertThatItHas(id, data(200_000), "local");
    JsonNode image = alice.show(id);
    assertThat(image.path("name").textValue()).isEqualTo("mine");
    assertThat(image.path("visibility").textValue()).isEqualTo("shared");
    assertThat(image.path("disk_format").textValue()).isEqualTo("qcow2");
    assertThat(image.path("container_format").textValue()).isEqualTo("ovf");
    assertThat(image.path("hw_disk_bus").textValue()).isEqualTo("scsi");
    assertThat(image.path("os_distro").textValue()).isEqualTo("debian");
    assertThat(image.has("team")).isFalse();
    assertThat(image.has("os_type")).isFalse();
    assertThat(image.has("os_glance_x")).isFalse();
    assertThat(tokens).hasSize(2).containsOnly(TOKEN);
    for (Path file : called().registryFiles()) {
      String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      assertThat(text.contains(TOKEN)).as("the token is in %s", file).isFalse();
    }
  }

  @Test
  void dataThatIsNotWhatTheRegionSaysLeavesTheImageAsItWas() throws Exception {
    UUID id = alice.create(Api.FORMATS + ", \"os_distro\": \"before\"");
    serve(data(1000), data(1001), "\"status\": \"active\"");
    JsonNode task = finished(importInto(id).is(202));
    assertThat(task.path("status").textValue()).isEqualTo("failure");
    assertThat(task.path("message").textValue())
        .contains("image %s of region two".formatted(remote), "1001", "1000");
    assertThatItIsAsDescribedBefore(id);
    assertThatItIsAsBefore(id);
  }

  private void assertThatItIsAsDescribedBefore(UUID id) throws InterruptedException {
    awaitStatus(id, "queued");
    JsonNode image = alice.show(id);
    assertThat(image.path("disk_format").textValue()).isEqualTo("raw");
    assertThat(image.path("container_format").textValue()).isEqualTo("bare");
    assertThat(image.path("os_distro").textValue()).isEqualTo("before");
    assertThat(image.has("hw_disk_bus")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"401, 401", "404, 404", "302, 302"})
  void aRefusalIsTheTasksFailure(int answered, String said) throws Exception {
    UUID id = alice.queued();
    status = answered;
    JsonNode task = finished(importInto(id).is(202));
    assertThat(task.path("status").textValue()).isEqualTo("failure");
    assertThat(task.path("message").textValue())
        .contains("image %s of region two answered %s".formatted(remote, said))
        .doesNotContain(TOKEN);
    awaitStatus(id, "queued");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"status\": \"queued\"", "\"status\": null"})
  void anImageThatIsNotActiveThereIsNotImported(String more) throws Exception {
    UUID id = alice.queued();
    serve(NOTHING, NOTHING, more);
    JsonNode task = finished(importInto(id).is(202));
    assertThat(task.path("message").textValue()).contains("has to be active");
    awaitStatus(id, "queued");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\": \"glance-download\"}",
        "{\"name\": \"glance-download\", \"glance_region\": \"two\"}",
        "{\"name\": \"glance-download\", \"glance_region\": \"two\", \"glance_image_id\": \"x\"}",
        "{\"name\": \"glance-download\", \"glance_region\": \"three\", \"glance_image_id\":"
            + " \"6f7a2bd8-3c57-4f8b-8d0e-63bdb6ef5a5c\"}",
        "{\"name\": \"glance-download\", \"glance_region\": \"two\", \"glance_image_id\":"
            + " \"6f7a2bd8-3c57-4f8b-8d0e-63bdb6ef5a5c\", \"glance_service_interface\": \"x\"}"
      })
  void refusesWhatNamesNoImage(String method) {
    UUID id = alice.queued();
    importInto(alice, id, "{\"method\": %s}".formatted(method)).error(400);
    assertThat(alice.status(id)).isEqualTo("queued");
  }
}
