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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Temporal server and two processes of each role, on one registry and two or three stores. Each
 * process reaches Temporal and the registry over links of its own.
 */
final class TortureCluster implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(3);

  private static final Pattern REGISTRY =
      Pattern.compile("jdbc:postgresql://([^:/,\\[\\]]+)(?::(\\d+))?/(.*)");
  private static final int POSTGRESQL = 5432;

  private final Path directory;
  private final int temporalPort = Ports.free();
  private final ChildProcess temporal;
  private final List<TortureDirectory> directories;
  private final @Nullable TortureBucket bucket;
  private final List<ChildProcess> workers = new ArrayList<>();
  private final List<TortureLink> links = new ArrayList<>();
  private final List<URI> apis = new ArrayList<>();

  TortureCluster(TorturePlan plan) throws IOException {
    directory = plan.directory().toRealPath();
    directories =
        List.of(
            new TortureDirectory("main", directory.resolve("store-main")),
            new TortureDirectory("second", directory.resolve("store-second")));
    for (TortureDirectory one : directories) {
      one.make();
    }
    OwnerOnly.createDirectories(exports());
    bucket = plan.bucket() == null ? null : new TortureBucket(plan.bucket());
    Path config = Files.writeString(directory.resolve("worker.yaml"), yaml(plan.registry()));
    temporal = new ChildProcess("temporal", server(plan.temporal()), Map.of(), log("temporal"));
    for (String role : List.of("workflow", "transfer", "api")) {
      for (int i = 1; i <= 2; i++) {
        workers.add(worker(role, i, config, plan.registry()));
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
    %s
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
        .formatted(
            registry,
            stores().stream()
                .map(each -> "  - " + each.settings())
                .collect(Collectors.joining("\n")),
            exports());
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

  private ChildProcess worker(String role, int number, Path config, String registry)
      throws IOException {
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
        environment(name, role, port, registry),
        log(name));
  }

  private Map<String, String> environment(String name, String role, int port, String registry)
      throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("VITRINE_WORKER_ROLES", role);
    environment.put("VITRINE_API_PORT", Integer.toString(port));
    TortureLink toTemporal = link(name + " and Temporal", "127.0.0.1", temporalPort);
    environment.put("TEMPORAL_ADDRESS", "127.0.0.1:" + toTemporal.port());
    Matcher url = REGISTRY.matcher(registry);
    if (url.matches()) {
      int server = url.group(2) == null ? POSTGRESQL : Integer.parseInt(url.group(2));
      TortureLink toRegistry = link(name + " and the registry", url.group(1), server);
      environment.put(
          "VITRINE_REGISTRY_URL",
          "jdbc:postgresql://127.0.0.1:%d/%s".formatted(toRegistry.port(), url.group(3)));
    }
    if (bucket != null) {
      environment.putAll(bucket.credentials());
    }
    return environment;
  }

  private TortureLink link(String name, String host, int port) throws IOException {
    TortureLink link = new TortureLink(name, host, port);
    links.add(link);
    return link;
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

  /** Between each process and its servers. */
  List<TortureLink> links() {
    return List.copyOf(links);
  }

  List<TortureDirectory> directories() {
    return directories;
  }

  @Nullable TortureBucket bucket() {
    return bucket;
  }

  List<TortureStore> stores() {
    List<TortureStore> stores = new ArrayList<>(directories);
    if (bucket != null) {
      stores.add(bucket);
    }
    return stores;
  }

  TortureStore store(String name) {
    return stores().stream()
        .filter(store -> store.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("there is no store " + name));
  }

  Path exports() {
    return directory.resolve("exports");
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
    links.forEach(TortureLink::close);
    if (bucket != null) {
      bucket.close();
    }
  }
}
