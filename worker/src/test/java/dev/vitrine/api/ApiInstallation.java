package dev.vitrine.api;

import dev.vitrine.config.Settings;
import dev.vitrine.registry.Registry;
import dev.vitrine.worker.VitrineWorker;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.interceptors.WorkflowClientInterceptor;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A worker in all its roles that serves the API on a free port, with everything it needs. Callers
 * say in headers who they are.
 */
final class ApiInstallation implements AutoCloseable {

  static final int MAX_IMAGE_SIZE = 1 << 20;
  static final int UPLOADS_AT_ONCE = 3;

  /** Instead of the one that there is. */
  static final Map<String, String> MANY_STORES =
      Map.of("VITRINE_STORES", "a,b,c", "VITRINE_DEFAULT_STORE", "a");

  private static final long DEADLINE_SECONDS = 60;

  private final Path directory;
  private final Map<String, Path> stores = new TreeMap<>();
  private final TestWorkflowEnvironment temporal;
  private final VitrineWorker worker;
  private boolean temporalStopped;

  ApiInstallation() throws IOException {
    this(Map.of());
  }

  ApiInstallation(Map<String, String> overrides) throws IOException {
    this(overrides, WorkflowClientOptions.getDefaultInstance());
  }

  /** With a client whose calls are looked at. */
  ApiInstallation(WorkflowClientInterceptor interceptor) throws IOException {
    this(Map.of(), WorkflowClientOptions.newBuilder().setInterceptors(interceptor).build());
  }

  /** With the stores of a file of settings, whose paths are as it says. */
  ApiInstallation(Path file) throws IOException {
    this(file, Map.of(), WorkflowClientOptions.getDefaultInstance());
  }

  private ApiInstallation(Map<String, String> overrides, WorkflowClientOptions client)
      throws IOException {
    this(null, overrides, client);
  }

  private ApiInstallation(
      @Nullable Path file, Map<String, String> overrides, WorkflowClientOptions client)
      throws IOException {
    directory = Files.createTempDirectory("vitrine-api").toRealPath();
    stores.put("local", directory.resolve("store"));
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "VITRINE_WORKER_ROLES",
                "workflow,transfer,api",
                "VITRINE_WORKER_SHUTDOWN_GRACE",
                "1s",
                "VITRINE_REGISTRY_URL",
                "jdbc:sqlite:" + directory.resolve("registry.db"),
                "VITRINE_STORES",
                "local=" + stores.get("local"),
                "VITRINE_TRANSFER_MAX_IMAGE_SIZE",
                MAX_IMAGE_SIZE + "B",
                "VITRINE_API_PORT",
                "0",
                "VITRINE_API_ACCESS_LOG",
                "false",
                "VITRINE_API_CONCURRENT_UPLOADS",
                Integer.toString(UPLOADS_AT_ONCE),
                "VITRINE_AUTH_METHOD",
                "trusted-headers",
                "VITRINE_RECONCILIATION_INTERVAL",
                "1h"));
    if (file != null) {
      environment.remove("VITRINE_STORES");
    }
    environment.put("VITRINE_WEB_SOURCES_ADDRESSES", "loopback");
    environment.put("VITRINE_WEB_SOURCES_PORTS", "");
    environment.put(
        "VITRINE_API_CONCURRENT_UPLOADS_PER_PROJECT", Integer.toString(UPLOADS_AT_ONCE));
    environment.putAll(overrides);
    if (overrides.entrySet().containsAll(MANY_STORES.entrySet())) {
      stores.clear();
      for (String name : MANY_STORES.get("VITRINE_STORES").split(",")) {
        stores.put(name, directory.resolve("store-" + name));
      }
      environment.put(
          "VITRINE_STORES",
          stores.entrySet().stream()
              .map(each -> each.getKey() + "=" + each.getValue())
              .collect(Collectors.joining(",")));
    }
    temporal =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setUseTimeskipping(false)
                .setWorkflowClientOptions(client)
                .build());
    worker =
        VitrineWorker.start(
            temporal.getWorkflowClient(), Settings.load(file, environment), Clock.systemUTC());
  }

  /** The database's file, and what SQLite keeps beside it. */
  List<Path> registryFiles() {
    return files(directory).stream()
        .filter(file -> file.getFileName().toString().startsWith("registry.db"))
        .toList();
  }

  String url() {
    return worker.apiUrl().orElseThrow();
  }

  /** A caller with these roles in a project, several separated by commas. */
  Api as(String user, String project, String roles) {
    return new Api(url(), user, project, roles);
  }

  WorkflowClient temporal() {
    return temporal.getWorkflowClient();
  }

  Registry registry() {
    return worker.registry();
  }

  /** Changes rows behind the registry's back, as another release might have left them. */
  void execute(String sql) {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("registry.db"));
        Statement statement = connection.createStatement()) {
      statement.execute("pragma busy_timeout = 30000");
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The directory of a store. */
  Path store(String name) {
    return stores.get(name);
  }

  /** Whatever lies in the store on behalf of an image, whole or partial. */
  List<Path> stored(UUID imageId) {
    return stores.values().stream()
        .flatMap(store -> Stream.of(store, store.resolve(".partial")))
        .flatMap(root -> files(root.resolve(imageId.toString())).stream())
        .toList();
  }

  private static List<Path> files(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    } catch (NoSuchFileException nothingThere) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes the server of the workflows away. */
  void stopTemporal() {
    if (!temporalStopped) {
      temporalStopped = true;
      temporal.close();
    }
  }

  /** Stops the worker; the server of the workflows goes on. */
  void stopWorker() {
    worker.close();
  }

  /** Waits for a condition, with a deadline. */
  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    CountDownLatch never = new CountDownLatch(1);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end || never.await(20, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("not in time: " + what);
      }
    }
  }

  @Override
  public void close() {
    worker.close();
    stopTemporal();
    try (Stream<Path> paths = Files.walk(directory)) {
      paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
