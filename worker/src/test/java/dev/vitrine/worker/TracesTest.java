package dev.vitrine.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vitrine.tracing.Tracing;
import dev.vitrine.worker.Collector.Came;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.registration.VitrineWorkflows;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Requests are traced to the store, through real workflows, to a collector over HTTP. */
@Timeout(120)
final class TracesTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String CALLER = "00f067aa0ba902b7";
  private static final String TRACEPARENT = "00-" + TRACE + "-" + CALLER + "-01";
  private static final Map<String, String> ABOUT = Map.of("service.name", "vitrine-worker");

  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir Path directory;

  private Installation installation(Tracing tracing, String smallSize) throws Exception {
    return new Installation(
        directory,
        Map.of(
            "VITRINE_WORKER_ROLES", "workflow,transfer,api",
            "VITRINE_API_PORT", "0",
            "VITRINE_API_ACCESS_LOG", "false",
            "VITRINE_TRANSFER_SMALL_SIZE", smallSize),
        Metering.NONE.traced(tracing));
  }

  private HttpResponse<String> send(
      Installation vitrine, String method, String path, String type, byte[] body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(vitrine.worker().apiUrl().orElseThrow() + path))
            .header("Content-Type", type)
            .method(method, BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private UUID create(Installation vitrine) throws IOException, InterruptedException {
    String image = "{\"disk_format\": \"raw\", \"container_format\": \"bare\"}";
    HttpResponse<String> created =
        send(vitrine, "POST", "/v2/images", "application/json", image.getBytes(UTF_8));
    return UUID.fromString(new ObjectMapper().readTree(created.body()).path("id").textValue());
  }

  private HttpResponse<String> upload(Installation vitrine, UUID image, String... headers)
      throws IOException, InterruptedException {
    HttpResponse<String> stored =
        send(
            vitrine,
            "PUT",
            "/v2/images/" + image + "/file",
            "application/octet-stream",
            "some data".getBytes(UTF_8),
            headers);
    assertThat(stored.statusCode()).as(stored.body()).isEqualTo(204);
    return stored;
  }

  private static Came one(List<Came> spans, String name) {
    assertThat(spans).filteredOn(span -> span.name().equals(name)).as(name).hasSize(1);
    return spans.stream().filter(span -> span.name().equals(name)).findFirst().orElseThrow();
  }

  /** What a write lies below, from the nearest. */
  private static List<String> above(List<Came> spans, Came span) {
    return spans.stream()
        .filter(other -> other.id().equals(span.parent()))
        .findFirst()
        .map(other -> Stream.concat(Stream.of(other.name()), above(spans, other).stream()).toList())
        .orElse(List.of());
  }

  @Test
  void oneTraceGoesFromTheRequestToTheStore() throws Exception {
    try (Collector collector = Collector.start()) {
      UUID image;
      String requestId;
      try (Tracing tracing = Tracing.otlp(collector.environment(), ABOUT);
          Installation vitrine = installation(tracing, "0B")) {
        image = create(vitrine);
        requestId =
            upload(vitrine, image, "traceparent", TRACEPARENT)
                .headers()
                .firstValue("x-openstack-request-id")
                .orElseThrow();
      }
      List<Came> spans = collector.of(TRACE);

      Came request = one(spans, "PUT /v2/images/{id}/file");
      assertThat(request.parent()).isEqualTo(CALLER);
      assertThat(request.says())
          .isEqualTo(
              Map.of(
                  "http.request.method", "PUT",
                  "http.route", "/v2/images/{id}/file",
                  "http.response.status_code", "204",
                  "vitrine.request_id", requestId,
                  "vitrine.image_id", image.toString()));
      Came start = one(spans, "StartWorkflow:ImageUpload");
      assertThat(start.parent()).isEqualTo(request.id());
      assertThat(start.says()).containsEntry("temporalWorkflowID", WorkflowIds.upload(image));
      Came activity = one(spans, "RunActivity:Transfer");
      assertThat(activity.parent()).isEqualTo(start.id());
      assertThat(activity.says())
          .containsEntry("temporalWorkflowID", WorkflowIds.upload(image))
          .containsEntry("vitrine.attempt", "1")
          .containsEntry("vitrine.image_id", image.toString());
      Came write = one(spans, "store write");
      assertThat(write.parent()).isEqualTo(activity.id());
      assertThat(write.says()).isEqualTo(Map.of("vitrine.store", "local", "vitrine.bytes", "9"));
      assertThat(collector.about())
          .allSatisfy(about -> assertThat(about).contains("service.name=vitrine-worker"));
    }
  }

  /** What is done within the workflow's first task is a local activity. */
  @Test
  void aSmallUploadIsTracedToTheStoreAsWell() throws Exception {
    try (Collector collector = Collector.start()) {
      try (Tracing tracing = Tracing.otlp(collector.environment(), ABOUT);
          Installation vitrine = installation(tracing, "8MiB")) {
        upload(vitrine, create(vitrine), "traceparent", TRACEPARENT);
      }

      List<Came> spans = collector.of(TRACE);
      assertThat(above(spans, one(spans, "store write")))
          .containsExactly(
              "RunActivity:UploadAtOnce", "StartWorkflow:ImageUpload", "PUT /v2/images/{id}/file");
    }
  }

  @Test
  void aCallerWithoutATraceOrWithNoneThatCanBeReadBeginsOne() throws Exception {
    try (Collector collector = Collector.start()) {
      try (Tracing tracing = Tracing.otlp(collector.environment(), ABOUT);
          Installation vitrine = installation(tracing, "8MiB")) {
        upload(vitrine, create(vitrine), "traceparent", "00-" + "0".repeat(32) + "-x-01");
        upload(vitrine, create(vitrine));
      }

      assertThat(collector.came())
          .filteredOn(span -> span.name().equals("PUT /v2/images/{id}/file"))
          .hasSize(2)
          .allSatisfy(
              request -> {
                assertThat(request.parent()).isEmpty();
                List<Came> spans = collector.of(request.trace());
                assertThat(above(spans, one(spans, "store write"))).contains(request.name());
              });
    }
  }

  /** What the caller does not want recorded is not, all the way. */
  @Test
  void whatIsNotSampledLeavesNoSpans() throws Exception {
    try (Collector collector = Collector.start()) {
      try (Tracing tracing = Tracing.otlp(collector.environment(), ABOUT);
          Installation vitrine = installation(tracing, "0B")) {
        upload(vitrine, create(vitrine), "traceparent", "00-" + TRACE + "-" + CALLER + "-00");
      }

      assertThat(collector.of(TRACE)).isEmpty();
      assertThat(collector.came())
          .extracting(Came::name)
          .contains("POST /v2/images")
          .doesNotContain("PUT /v2/images/{id}/file", "store write", "RunActivity:Transfer");
    }
  }

  @Test
  void aReplayMakesNoSpans() throws Exception {
    try (Collector collector = Collector.start()) {
      WorkflowExecutionHistory history;
      try (Tracing tracing = Tracing.otlp(collector.environment(), ABOUT);
          Installation vitrine = installation(tracing, "0B")) {
        UUID image = create(vitrine);
        upload(vitrine, image, "traceparent", TRACEPARENT);
        history = vitrine.client().fetchHistory(WorkflowIds.upload(image));
      }
      int before = collector.came().size();

      try (Tracing tracing = Tracing.otlp(collector.environment(), ABOUT);
          TestWorkflowEnvironment replaying =
              TestWorkflowEnvironment.newInstance(
                  TestEnvironmentOptions.newBuilder()
                      .setWorkerFactoryOptions(WorkerTuning.factory(Metering.NONE.traced(tracing)))
                      .build())) {
        Worker worker = replaying.newWorker("replay");
        VitrineWorkflows.register(worker);
        WorkflowReplayer.replayWorkflowExecution(history, worker);
      }

      assertThat(collector.came()).hasSize(before);
    }
  }

  /** The collector answers nothing until all is over. */
  @Test
  void aCollectorThatHangsHoldsUpNeitherRequestsNorTheEnd() throws Exception {
    try (Collector collector = Collector.hanging()) {
      Tracing tracing = Tracing.otlp(collector.environment(), ABOUT);
      try (Installation vitrine = installation(tracing, "8MiB")) {
        upload(vitrine, create(vitrine));
        collector.awaitRequest();
        upload(vitrine, create(vitrine));
      }
      tracing.close();
      tracing.close();

      assertThat(collector.came()).isEmpty();
    }
  }

  @Test
  void aCollectorThatIsAwayFailsNothingAndIsALineInTheLog() throws Exception {
    Map<String, String> environment;
    try (Collector gone = Collector.start()) {
      environment = new HashMap<>(gone.environment());
    }
    environment.put("OTEL_JAVA_EXPORTER_OTLP_RETRY_DISABLED", "true");
    Logger log = (Logger) LoggerFactory.getLogger("dev.vitrine.tracing");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    log.setLevel(Level.WARN);
    log.setAdditive(false);
    log.addAppender(lines);
    try (Tracing tracing = Tracing.otlp(environment, ABOUT);
        Installation vitrine = installation(tracing, "8MiB")) {
      upload(vitrine, create(vitrine));
      Installation.await("a line says so", () -> !lines.list.isEmpty());
      upload(vitrine, create(vitrine));
    } finally {
      log.detachAppender(lines);
      log.setAdditive(true);
      log.setLevel(null);
    }
    assertThat(lines.list)
        .singleElement()
        .satisfies(
            line -> assertThat(line.getFormattedMessage()).startsWith("Traces: Failed to export"));
  }
}
