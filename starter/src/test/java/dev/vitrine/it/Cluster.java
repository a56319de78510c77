package dev.vitrine.it;

import dev.vitrine.access.Requester;
import dev.vitrine.client.VitrineClient;
import dev.vitrine.files.OwnerOnly;
import dev.vitrine.registry.Registry;
import dev.vitrine.registry.sql.Limits;
import dev.vitrine.registry.sql.Registries;
import dev.vitrine.registry.sql.RegistryConfig;
import dev.vitrine.worker.RealTemporal;
import dev.vitrine.workflow.TaskQueues;
import dev.vitrine.workflow.WorkflowIds;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A real Temporal server, a database in a real PostgreSQL and worker processes: what people run.
 */
final class Cluster implements AutoCloseable {

  static final Requester ALICE = Requester.member("alice", "acme");
  static final Requester ADMIN = Requester.admin("root", "ops");

  private static final int HELD = 4711;

  private final Path directory;
  private final TestWorkflowEnvironment temporal;
  private final Database database;
  private final List<WorkerProcess> workers = new ArrayList<>();
  private final Map<String, String> environment;
  private final Path config;
  final VitrineClient client;
  final Registry registry;

  /** With one store, in a directory. */
  Cluster(Path directory) throws IOException {
    this(
        directory,
        "{name: main, type: file, path: %s}".formatted(directory.toRealPath().resolve("store")),
        Map.of());
  }

  /**
   * @param mainStore its settings; its name is main
   * @param environment that all workers have beside their settings
   */
  Cluster(Path directory, String mainStore, Map<String, String> environment) throws IOException {
    this.directory = directory.toRealPath();
    this.environment = environment;
    temporal = RealTemporal.start();
    database = new Database();
    OwnerOnly.createDirectories(store());
    Files.createDirectories(sources());
    Files.createDirectories(exports());
    String url = database.url();
    config = Files.writeString(directory.resolve("worker.yaml"), yaml(url, mainStore));
    registry = Registries.open(RegistryConfig.of(url), Clock.systemUTC());
    client = VitrineClient.on(temporal(), registry.installations().get().id());
  }

  private String yaml(String url, String mainStore) {
    return """
    worker:
      drain-time: 1s
    registry:
      url: %s
    stores:
      - %s
    default-store: main
    transfer:
      source-roots: [%s]
      export-roots: [%s]
    web-sources:
      addresses: [loopback]
      ports: []
    reconciliation:
      interval: 2s
    """
        .formatted(url, mainStore, sources(), exports());
  }

  /** The registry with other limits than the workers have. */
  Registry registry(Limits limits) {
    return Registries.open(RegistryConfig.of(database.url()).withLimits(limits), Clock.systemUTC());
  }

  WorkflowClient temporal() {
    return temporal.getWorkflowClient();
  }

  Path store() {
    return directory.resolve("store");
  }

  Path sources() {
    return directory.resolve("sources");
  }

  Path exports() {
    return directory.resolve("exports");
  }

  /** With a second store in a directory, and a third one in a bucket. */
  static Cluster withThreeStores(Path directory, S3Server s3) throws IOException {
    return withThreeStores(directory, s3, Map.of());
  }

  /** The same with settings that all workers have. */
  static Cluster withThreeStores(Path directory, S3Server s3, Map<String, String> settings)
      throws IOException {
    Map<String, String> environment = new HashMap<>(s3.credentials());
    environment.putAll(settings);
    Path real = directory.toRealPath();
    return new Cluster(
        directory,
        """
        {name: main, type: file, path: %s}
          - {name: second, type: file, path: %s}
          - %s\
        """
            .formatted(real.resolve("store"), real.resolve("second"), s3.store("bucket")),
        environment);
  }

  /** Starts a worker and waits until it is at work. */
  WorkerProcess startWorker() throws IOException, InterruptedException {
    return startWorker(Map.of());
  }

  /** Starts a worker that serves the API without authentication. */
  URI startApi() throws IOException, InterruptedException {
    return startApi(Map.of("VITRINE_API_SHOW_LOCATIONS", "true"));
  }

  /**
   * Starts a worker that serves the API too, and waits until it does.
   *
   * @param settings environment variables that override its configuration
   * @return where it listens, without a slash at the end
   */
  URI startApi(Map<String, String> settings) throws IOException, InterruptedException {
    int port = FreePort.find();
    Map<String, String> all = new HashMap<>(settings);
    all.put("VITRINE_WORKER_ROLES", "workflow,transfer,api");
    all.put("VITRINE_API_PORT", Integer.toString(port));
    startWorker(all);
    URI api = URI.create("http://127.0.0.1:" + port);
    Eventually.until("the API answers", () -> isHealthy(api));
    return api;
  }

  /** Starts a process that serves the API and does nothing else, and waits until it does. */
  ApiProcess startApiAlone() throws IOException, InterruptedException {
    return startApiAlone(FreePort.find());
  }

  /** The same with settings of its own. */
  ApiProcess startApiAlone(Map<String, String> settings) throws IOException, InterruptedException {
    return startApiAlone(FreePort.find(), settings);
  }

  /** The same at a port of the caller's choice. */
  ApiProcess startApiAlone(int port) throws IOException, InterruptedException {
    return startApiAlone(port, Map.of());
  }

  private ApiProcess startApiAlone(int port, Map<String, String> settings)
      throws IOException, InterruptedException {
    Map<String, String> all = new HashMap<>(settings);
    all.put("VITRINE_WORKER_ROLES", "api");
    all.put("VITRINE_API_PORT", Integer.toString(port));
    WorkerProcess process = startProcess(all);
    ApiProcess api = new ApiProcess(process, URI.create("http://127.0.0.1:" + port));
    Eventually.until("the API answers", () -> isHealthy(api.url()));
    return api;
  }

  /** Starts a worker that writes its log to a file of its own, and waits until it is at work. */
  WorkerProcess startWorker(Path log) throws IOException, InterruptedException {
    WorkerProcess worker = startProcess(Map.of(), log);
    Eventually.until("the worker is at work", () -> isAtWork(worker));
    return worker;
  }

  /** Starts a worker of another build, and waits until it is at work. */
  WorkerProcess startWorkerOf(Path jar) throws IOException, InterruptedException {
    WorkerProcess worker =
        new WorkerProcess(
            WorkerArchive.withoutArchive(),
            jar,
            config,
            temporal.getWorkflowServiceStubs().getOptions().getTarget(),
            environment,
            Path.of("target", "worker-processes.log"));
    workers.add(worker);
    Eventually.until("the worker is at work", () -> isAtWork(worker));
    return worker;
  }

  private WorkerProcess startWorker(Map<String, String> settings)
      throws IOException, InterruptedException {
    WorkerProcess worker = startProcess(settings);
    Eventually.until("the worker is at work", () -> isAtWork(worker));
    return worker;
  }

  private WorkerProcess startProcess(Map<String, String> settings) throws IOException {
    return startProcess(settings, Path.of("target", "worker-processes.log"));
  }

  private WorkerProcess startProcess(Map<String, String> settings, Path log) throws IOException {
    String address = temporal.getWorkflowServiceStubs().getOptions().getTarget();
    Map<String, String> all = new HashMap<>(environment);
    // Not in the file, which the build before reads as well.
    all.put("VITRINE_TRANSFER_HEARTBEAT_TIMEOUT", "5s");
    all.putAll(settings);
    WorkerProcess worker = new WorkerProcess(config, address, all, log);
    workers.add(worker);
    return worker;
  }

  private static boolean isHealthy(URI api) {
    try (InputStream answer = api.resolve("/healthcheck").toURL().openStream()) {
      return answer.read() >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** What a worker starts last is to run workflows, after the search attributes are registered. */
  private boolean isAtWork(WorkerProcess worker) {
    if (!worker.isAlive()) {
      throw new AssertionError("the worker ended; see target/worker-processes.log");
    }
    return temporal()
        .getWorkflowServiceStubs()
        .blockingStub()
        .describeTaskQueue(
            DescribeTaskQueueRequest.newBuilder()
                .setNamespace(temporal.getNamespace())
                .setTaskQueue(
                    TaskQueue.newBuilder()
                        .setName(TaskQueues.of(registry.installations().get().id()).workflows()))
                .setTaskQueueType(TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)
                .build())
        .getPollersList()
        .stream()
        .anyMatch(poller -> poller.getIdentity().startsWith(worker.pid() + "@"));
  }

  /** The worker that holds the transfer of that image's upload. */
  WorkerProcess transferring(UUID imageId) throws InterruptedException {
    return transferring(WorkflowIds.upload(imageId));
  }

  /** The worker that holds the transfer of that workflow. */
  WorkerProcess transferring(String workflowId) throws InterruptedException {
    Eventually.until("a worker holds the transfer", () -> pid(workflowId) > 0);
    long pid = pid(workflowId);
    return workers.stream().filter(worker -> worker.pid() == pid).findFirst().orElseThrow();
  }

  private long pid(String workflowId) {
    List<PendingActivityInfo> pending = pending(workflowId);
    if (pending.isEmpty() || pending.get(0).getLastWorkerIdentity().isEmpty()) {
      return -1;
    }
    String identity = pending.get(0).getLastWorkerIdentity();
    return Long.parseLong(identity.substring(0, identity.indexOf('@')));
  }

  List<PendingActivityInfo> pending(String workflowId) {
    return temporal()
        .getWorkflowServiceStubs()
        .blockingStub()
        .describeWorkflowExecution(
            DescribeWorkflowExecutionRequest.newBuilder()
                .setNamespace(temporal.getNamespace())
                .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                .build())
        .getPendingActivitiesList();
  }

  /** Every value of every row, as text. */
  String everythingInTheRegistry() throws SQLException {
    StringBuilder all = new StringBuilder();
    try (Connection connection = database.connect();
        ResultSet tables =
            connection.getMetaData().getTables(null, "public", "%", new String[] {"TABLE"})) {
      while (tables.next()) {
        String table = tables.getString("TABLE_NAME");
        try (Statement statement = connection.createStatement();
            ResultSet rows =
                statement.executeQuery("select t::text from \"%s\" t".formatted(table))) {
          while (rows.next()) {
            all.append(table).append(' ').append(rows.getString(1)).append('\n');
          }
        }
      }
    }
    return all.toString();
  }

  /**
   * Has every change of that kind in the registry wait, whoever makes it, as long as the connection
   * is open.
   *
   * @param change {@code update} or {@code delete}
   */
  Connection hold(String change, String table) throws SQLException {
    Connection connection = database.connect();
    try (Statement statement = connection.createStatement()) {
      statement.execute("select pg_advisory_lock(%d)".formatted(HELD));
      statement.execute(
          """
          create function held() returns trigger language plpgsql as $$
          begin
            perform pg_advisory_xact_lock_shared(%d);
            if tg_op = 'DELETE' then return old; end if;
            return new;
          end $$
          """
              .formatted(HELD));
      statement.execute(
          "create trigger held before %s on %s for each row execute function held()"
              .formatted(change, table));
    }
    return connection;
  }

  /** Every regular file in the store, finished or not. */
  List<Path> filesInStore() {
    return filesIn(store());
  }

  /** The same of the second one. */
  List<Path> filesInSecondStore() {
    Path second = directory.resolve("second");
    return Files.exists(second) ? filesIn(second) : List.of();
  }

  /** Puts a file in the place of the second store's directory. */
  void breakSecondStore() throws IOException {
    Path second = directory.resolve("second");
    try (Stream<Path> paths = Files.walk(second)) {
      for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
    Files.createFile(second);
  }

  private static List<Path> filesIn(Path store) {
    try (Stream<Path> files = Files.walk(store)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    workers.forEach(WorkerProcess::close);
    registry.close();
    temporal.close();
    database.close();
  }
}
