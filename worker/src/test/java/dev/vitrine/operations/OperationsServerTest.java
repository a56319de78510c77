package dev.vitrine.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.registry.InTransit;
import dev.vitrine.task.TaskStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a process tells of itself. */
final class OperationsServerTest implements Subject {

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger counted = new AtomicInteger();
  private final HttpClient client = HttpClient.newHttpClient();
  private Measurements measurements;
  private OperationsServer server;
  private volatile boolean ready = true;
  private volatile boolean registryAway;
  private volatile boolean storesAway;

  @Override
  public boolean isReady() {
    return ready;
  }

  @Override
  public Map<String, Runnable> needs() {
    return Map.of("registry", () -> failIf(registryAway, "the registry does not answer"));
  }

  @Override
  public Map<String, Runnable> uses() {
    return Map.of("stores", () -> failIf(storesAway, "store 'main' does not answer"));
  }

  private static void failIf(boolean away, String why) {
    if (away) {
      throw new Unavailable(why);
    }
  }

  @Override
  public InTransit inTransit() {
    failIf(registryAway, "the registry does not answer");
    counted.incrementAndGet();
    return new InTransit(
        Map.of(ImageStatus.SAVING, 3, ImageStatus.IMPORTING, 0), Map.of(TaskStatus.PENDING, 7));
  }

  @Override
  public List<WebhookBacklog> webhooks() {
    return List.of(new WebhookBacklog("hook", 12, 4, 2));
  }

  @BeforeEach
  void start() {
    measurements = new Measurements();
    server =
        OperationsServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            this,
            measurements,
            nanos::get);
  }

  @AfterEach
  void stop() {
    server.close();
    measurements.close();
  }

  private HttpResponse<String> ask(String method, String path)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .method(method, BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  private JsonNode ready(int status) throws IOException, InterruptedException {
    HttpResponse<String> answer = ask("GET", "/ready");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return new ObjectMapper().readTree(answer.body());
  }

  @Test
  void livesAsLongAsItAnswers() throws Exception {
    ready = false;
    registryAway = true;

    assertThat(ask("GET", "/live").statusCode()).isEqualTo(200);
    assertThat(ask("HEAD", "/live").statusCode()).isEqualTo(200);
  }

  @Test
  void isReadyOnceItHasStartedAndUntilItStops() throws Exception {
    assertThat(ready(200).at("/needs/registry").asText()).isEqualTo("ok");
    ready = false;
    assertThat(ready(503).at("/process").asText()).isEqualTo("it is starting, or stopping");
  }

  @Test
  void isNotReadyWithoutTheRegistry() throws Exception {
    registryAway = true;

    JsonNode told = ready(503);

    assertThat(told.at("/ready").asBoolean()).isFalse();
    assertThat(told.at("/needs/registry").asText()).isEqualTo("the registry does not answer");
  }

  @Test
  void staysReadyWithoutWhatEverybodyElseMissesToo() throws Exception {
    storesAway = true;

    assertThat(ready(200).at("/uses/stores").asText()).isEqualTo("store 'main' does not answer");
  }

  @Test
  void tellsWhatIsMeasured() throws Exception {
    HttpResponse<String> answer = ask("GET", "/metrics");

    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body().lines())
        .contains(
            "vitrine_ready 1.0",
            "vitrine_images_in_transit{status=\"saving\"} 3.0",
            "vitrine_images_in_transit{status=\"importing\"} 0.0",
            "vitrine_tasks_unfinished{status=\"pending\"} 7.0",
            "vitrine_webhooks_behind{endpoint=\"hook\"} 12.0",
            "vitrine_webhooks_failed_attempts{endpoint=\"hook\"} 4.0",
            "vitrine_webhooks_dead_letters{endpoint=\"hook\"} 2.0")
        .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"))
        .anyMatch(line -> line.startsWith("process_cpu_usage "));
  }

  @Test
  void countsInTheRegistryNoMoreOftenThanEveryFifteenSeconds() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(ask("GET", "/metrics").statusCode()).isEqualTo(200);
    }
    assertThat(counted).hasValue(1);

    nanos.addAndGet(TimeUnit.SECONDS.toNanos(15));
    assertThat(ask("GET", "/metrics").statusCode()).isEqualTo(200);
    assertThat(counted).hasValue(2);
  }

  @Test
  void tellsWhatElseIsMeasuredWithoutTheRegistry() throws Exception {
    registryAway = true;

    assertThat(ask("GET", "/metrics").body()).contains("jvm_memory_used_bytes");
  }

  @Test
  void servesNothingElse() throws Exception {
    assertThat(ask("GET", "/v2/images").statusCode()).isEqualTo(404);
    assertThat(ask("POST", "/metrics").statusCode()).isEqualTo(405);
  }
}
