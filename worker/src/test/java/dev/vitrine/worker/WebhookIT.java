package dev.vitrine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.vitrine.activity.Operation;
import dev.vitrine.config.Settings;
import dev.vitrine.image.NewImage;
import dev.vitrine.registry.Deliveries.Progress;
import dev.vitrine.registry.Registry;
import dev.vitrine.registry.sql.Registries;
import dev.vitrine.workflow.WorkflowIds;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The telling of webhooks by processes that are killed, on a real Temporal server. */
class WebhookIT {

  private static final int IMAGES = 20;

  @TempDir private Path directory;
  private final List<Process> processes = new ArrayList<>();
  private final List<String> taken = new CopyOnWriteArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch killed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer receiver;
  private TestWorkflowEnvironment temporal;
  private Settings settings;
  private Path config;

  @BeforeEach
  void start() throws IOException {
    temporal = RealTemporal.start();
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.setExecutor(threads);
    Path secret = Files.writeString(directory.resolve("secret"), "s".repeat(32));
    config =
        Files.writeString(
            directory.resolve("worker.yaml"),
            """
            registry: {url: 'jdbc:sqlite:%s'}
            stores: [{name: local, path: '%s'}]
            default-store: local
            worker: {roles: [workflow]}
            reconciliation: {interval: 1s}
            webhooks:
              endpoints: [{name: hook, url: 'http://127.0.0.1:%d/', secret-file: '%s'}]
              addresses: [loopback]
            """
                .formatted(
                    directory.resolve("vitrine.db"),
                    directory.resolve("store"),
                    receiver.getAddress().getPort(),
                    secret));
    settings = Settings.load(config, Map.of());
  }

  @AfterEach
  void stop() throws InterruptedException {
    killed.countDown();
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
    receiver.stop(0);
    threads.shutdownNow();
    temporal.close();
  }

  /**
   * @param hangsAt the request that has no answer until its sender is killed
   */
  private void receive(int hangsAt) {
    receiver.createContext(
        "/",
        exchange -> {
          try (exchange) {
            JsonNode event = new ObjectMapper().readTree(exchange.getRequestBody());
            int request = requests.incrementAndGet();
            if (request == hangsAt) {
              taken.add(line(event));
              killed.await();
              return;
            }
            boolean fails = request % 5 == 3;
            if (!fails) {
              taken.add(line(event));
            }
            exchange.sendResponseHeaders(fails ? 500 : 204, -1);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    receiver.start();
  }

  private static String line(JsonNode event) {
    JsonNode data = event.path("data");
    return data.path("image_id").textValue() + " " + data.path("to").textValue();
  }

  private Process worker() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.vitrine.worker.WorkerMain",
            "--config",
            config.toString());
    builder
        .environment()
        .put("TEMPORAL_ADDRESS", temporal.getWorkflowServiceStubs().getOptions().getTarget());
    builder.environment().put("TEMPORAL_NAMESPACE", temporal.getNamespace());
    Path log = directory.resolve("worker-" + processes.size() + ".log");
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    processes.add(process);
    return process;
  }

  private List<String> change(Registry registry) {
    List<String> changes = new ArrayList<>();
    List<UUID> images = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      UUID id = UUID.randomUUID();
      images.add(id);
      registry.images().create(operation(), NewImage.of(id, "mars"));
      changes.add(id + " queued");
    }
    for (UUID id : images) {
      registry.deletions().delete(operation(), id, Duration.ZERO);
      changes.add(id + " deleted");
    }
    return changes;
  }

  private static Operation operation() {
    return new Operation(UUID.randomUUID().toString(), "test", "run", "by a test");
  }

  @Test
  void goesOnElsewhereWhenTheProcessThatTellsIsKilled() throws Exception {
    receive(17);
    Process first = worker();
    try (Registry registry =
        Registries.open(VitrineWorker.registryConfig(settings), Clock.systemUTC())) {
      Installation.await("the endpoint is known", () -> !registry.deliveries().all().isEmpty());
      List<String> changes = change(registry);

      Installation.await("it tells", () -> requests.get() == 17);
      first.destroyForcibly().waitFor();
      killed.countDown();
      worker();
      Installation.await("all is told", () -> taken.size() == changes.size() + 1);

      // In their order; the one that was under way when its sender was killed is told twice.
      assertThat(List.copyOf(new LinkedHashSet<>(taken))).isEqualTo(changes);
      assertThat(registry.deliveries().countDeadLetters("hook")).isZero();
    }
  }

  @Test
  void beginsAnewWhereItStoppedWhenSomebodyTerminatesItsWorkflow() throws Exception {
    receive(-1);
    worker();
    try (Registry registry =
        Registries.open(VitrineWorker.registryConfig(settings), Clock.systemUTC())) {
      Installation.await("the endpoint is known", () -> !registry.deliveries().all().isEmpty());
      List<String> before = change(registry);
      Installation.await("all is told", () -> taken.size() == before.size());

      WorkflowStub delivery =
          temporal
              .getWorkflowClient()
              .newUntypedWorkflowStub(
                  WorkflowIds.webhook(registry.installations().get().id(), "hook"));
      delivery.terminate("somebody did");
      List<String> after = change(registry);
      Installation.await("all is told", () -> taken.size() == before.size() + after.size());

      assertThat(taken.subList(before.size(), taken.size())).isEqualTo(after);
    }
  }

  /** Also if every process was away for longer than the place of an unlisted one is kept. */
  @Test
  void keepsThePlaceOfTheEndpointThatIsListed() throws Exception {
    receive(1);
    String missed = UUID.randomUUID().toString();
    Clock longAgo = Clock.offset(Clock.systemUTC(), Duration.ofDays(31).negated());
    try (Registry registry = Registries.open(VitrineWorker.registryConfig(settings), longAgo)) {
      registry.deliveries().open("hook");
      registry.deliveries().open("gone");
      registry.images().create(operation(), NewImage.of(UUID.fromString(missed), "mars"));
    }
    worker();
    try (Registry registry =
        Registries.open(VitrineWorker.registryConfig(settings), Clock.systemUTC())) {
      Installation.await("it tells", () -> requests.get() == 1);
      Installation.await(
          "the other one is forgotten",
          () ->
              registry.deliveries().all().stream()
                  .map(Progress::endpoint)
                  .toList()
                  .equals(List.of("hook")));
      // It has had no answer, and is told again: from the place that it had.
      killed.countDown();
      Installation.await("it is told again", () -> taken.size() == 2);

      assertThat(taken).containsOnly(missed + " queued");
    }
  }
}
