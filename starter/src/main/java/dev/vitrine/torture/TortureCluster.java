package dev.vitrine.torture;

import dev.vitrine.embedded.Ports;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.files.OwnerOnly;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Temporal server and two processes of each role, on one registry and two stores. */
final class TortureCluster implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(3);

  private final Path directory;
  private final int temporalPort = Ports.free();
  private final ChildProcess temporal;
  private final List<ChildProcess> workers = new ArrayList<>();
  private final List<URI> apis = new ArrayList<>();

  TortureCluster(TorturePlan plan) throws IOException {
    directory = plan.directory().toRealPath();
    for (Path one : List.of(store("main"), store("second"), exports())) {
      OwnerOnly.createDirectories(one);
    }
    Path config = Files.writeString(directory.resolve("worker.yaml"), yaml(plan.registry()));
    temporal = new ChildProcess("temporal", server(plan.temporal()), Map.of(), log("temporal"));
    for (String role : List.of("workflow", "transfer", "api")) {
      for (int i = 1; i <= 2; i++) {
        workers.add(worker(role, i, config));
      }
    }
  }

  private String yaml(String registry) {
    return """
    worker:
      drain-time: 1s
    registry:
      url: "%s"
    stores:
      - {name: main, type: file, path: %s}
      - {name: second, type: file, path: %s}
    default-store: main
    transfer:
      export-roots: [%s]
    web-sources:
      addresses: [loopback]
      ports: []
    api:
      cancel-tasks: true
    reconciliation:
      interval: 2s
    """
        .formatted(registry, store("main"), store("second"), exports());
  }

  private List<String> server(Path program) {
    return List.of(
        program.toString(),
        "server",
        "start-dev",
        "--headless",
        "--port",
        Integer.toString(temporalPort),
        "--db-filename",
        directory.resolve("temporal.db").toString(),
        "--sqlite-pragma",
        "journal_mode=wal",
        "--sqlite-pragma",
        "synchronous=normal",
        "--log-level",
        "error");
  }

  private ChildProcess worker(String role, int number, Path config) {
    String name = role + "-" + number;
    int port = Ports.free();
    if (role.equals("api")) {
      apis.add(URI.create("http://127.0.0.1:" + port));
    }
    return new ChildProcess(
        name,
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx384m",
            // Six of them start again and again, and none lives long.
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.vitrine.worker.WorkerMain",
            "--config",
            config.toString()),
        Map.of(
            "TEMPORAL_ADDRESS",
            temporalAddress(),
            "VITRINE_WORKER_ROLES",
            role,
            "VITRINE_API_PORT",
            Integer.toString(port)),
        log(name));
  }

  private Path log(String name) {
    return directory.resolve(name + ".log");
  }

  String temporalAddress() {
    return "127.0.0.1:" + temporalPort;
  }

  ChildProcess temporal() {
    return temporal;
  }

  List<ChildProcess> workers() {
    return List.copyOf(workers);
  }

  List<URI> apis() {
    return List.copyOf(apis);
  }

  Path store(String name) {
    return directory.resolve("store-" + name);
  }

  Path exports() {
    return directory.resolve("exports");
  }

  /** Every regular file in a store, finished or not. */
  List<Path> filesIn(String store) throws IOException {
    try (Stream<Path> files = Files.walk(store(store))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /** Starts whatever does not run, the server first. */
  void revive() {
    if (temporal.start()) {
      awaitTemporal();
    }
    workers.forEach(ChildProcess::start);
  }

  private void awaitTemporal() {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newConnectedServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(temporalAddress()).build(), START);
    stubs.shutdownNow();
  }

  /** Waits until every API answers; what dies meanwhile is started again. */
  void awaitApis() throws InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    while (!apis.stream().allMatch(TortureCluster::isReady)) {
      if (System.nanoTime() > end) {
        throw new Unavailable("an API does not answer; see the logs in " + directory);
      }
      revive();
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private static boolean isReady(URI api) {
    try (var answer = api.resolve("/healthcheck").toURL().openStream()) {
      return answer.read() >= 0;
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    workers.forEach(ChildProcess::close);
    temporal.close();
  }
}
