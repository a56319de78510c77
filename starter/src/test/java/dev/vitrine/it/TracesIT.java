package dev.vitrine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The built worker sends traces that go from one process to the other, at the latest at its end.
 */
@Timeout(120)
class TracesIT {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private final List<String> sent = new CopyOnWriteArrayList<>();
  private HttpServer collector;

  @TempDir Path directory;

  @BeforeEach
  void startCollector() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext("/v1/traces", this::take);
    collector.start();
  }

  @AfterEach
  void stopCollector() {
    collector.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      sent.add(text(exchange.getRequestBody().readAllBytes()));
      exchange.sendResponseHeaders(200, -1);
    }
  }

  /** A character for each byte. */
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private Map<String, String> traced() {
    return Map.of(
        "VITRINE_OPERATIONS_TRACES",
        "otlp",
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "http://127.0.0.1:" + collector.getAddress().getPort(),
        "OTEL_BSP_SCHEDULE_DELAY",
        "3600000");
  }

  @Test
  void twoProcessesSendOneTraceWhenTheyAreToldToStop() throws Exception {
    String store = "{name: main, type: file, path: %s}".formatted(directory.resolve("store"));
    try (Cluster cluster = new Cluster(directory, store, traced())) {
      WorkerProcess worker = cluster.startWorker();
      ApiProcess api =
          cluster.startApiAlone(
              Map.of("VITRINE_API_RUN_WORKFLOWS", "false", "VITRINE_TRANSFER_SMALL_SIZE", "0B"));
      int status =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          api.url().resolve("/v2/images/" + api.createImage() + "/file"))
                      .header("Content-Type", "application/octet-stream")
                      .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                      .PUT(BodyPublishers.ofString("some data"))
                      .build(),
                  BodyHandlers.discarding())
              .statusCode();
      assertThat(status).isEqualTo(204);
      assertThat(api.process().terminate()).isEqualTo(143);
      assertThat(worker.terminate()).isEqualTo(143);
    }

    String trace = text(HexFormat.of().parseHex(TRACE));
    assertThat(sent)
        .anySatisfy(
            spans ->
                assertThat(spans)
                    .contains(
                        trace, "StartWorkflow:ImageUpload", "RunActivity:Transfer", "store write"))
        .anySatisfy(spans -> assertThat(spans).contains(trace, "RunActivity:CompleteUpload"));
  }
}
