package dev.vitrine.embedded;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Unavailable;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.testing.TemporalDevServer;
import io.temporal.testing.TemporalDevServerOptions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The real development server, durable in a file, with the Web UI. */
public final class DevServerTemporal implements EmbeddedTemporal {

  private final TemporalDevServer server;
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private final Optional<ProcessHandle> process;
  private final CompletableFuture<?> ended;
  private final int uiPort;

  /**
   * Starts it.
   *
   * @param binary the {@code temporal} program
   * @param data where its database and its log are kept; nobody else may be using it
   * @throws Conflict if a port is taken
   * @throws Unavailable if it does not start
   */
  public DevServerTemporal(Path binary, Path data, int port, int uiPort) {
    this.uiPort = uiPort;
    Path database = data.resolve("temporal.db");
    serversOn(database).forEach(DevServerTemporal::endLeftBehind);
    Ports.requireFree(port, "--port");
    Ports.requireFree(uiPort, "--ui-port");
    try {
      server =
          TemporalDevServer.start(
              TemporalDevServerOptions.newBuilder()
                  .setExistingPath(binary.toString())
                  .setPort(port)
                  .setUiEnabled(true)
                  .setUiPort(uiPort)
                  .setDatabaseFilename(database.toString())
                  .setLogFile(data.resolve("temporal.log").toString())
                  .setStartupTimeout(Duration.ofSeconds(60))
                  // Half the CPU per workflow, and still durable over a kill of the process.
                  .setExtraArgs(
                      List.of(
                          "--sqlite-pragma", "journal_mode=wal",
                          "--sqlite-pragma", "synchronous=normal",
                          "--dynamic-config-value", "system.enableActivityEagerExecution=true",
                          // An execution that is deleted, as that of a pass that did nothing,
                          // is in the list for as long as it takes the server to note what it
                          // has done: by default most of a minute.
                          "--dynamic-config-value",
                              "history.transferProcessorUpdateAckInterval=\"2s\"",
                          "--dynamic-config-value",
                              "history.visibilityProcessorUpdateAckInterval=\"2s\""))
                  .build());
    } catch (RuntimeException e) {
      throw new Unavailable(
          "the Temporal development server did not start on ports %d and %d: %s; see %s, or take the"
                  .formatted(port, uiPort, lastLine(e), data.resolve("temporal.log"))
              + " in-memory server (--in-memory)");
    }
    process = serversOn(database).findFirst();
    ended =
        process.<CompletableFuture<?>>map(ProcessHandle::onExit).orElseGet(CompletableFuture::new);
    stubs = Connections.open(address());
    client = WorkflowClient.newInstance(stubs);
  }

  /** The {@code temporal} program on the {@code PATH}. */
  public static Optional<Path> binary() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(directory -> Path.of(directory, "temporal"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Override
  public WorkflowClient client() {
    return client;
  }

  @Override
  public String address() {
    return server.getTarget();
  }

  @Override
  public Optional<String> webUi() {
    return Optional.of(
        "http://127.0.0.1:%d/namespaces/%s/workflows".formatted(uiPort, server.getNamespace()));
  }

  @Override
  public String meaning() {
    return "development server, durable: running uploads and tasks go on after a restart, whatever"
        + " was killed";
  }

  @Override
  public Optional<Long> pid() {
    return process.map(ProcessHandle::pid);
  }

  @Override
  public CompletableFuture<?> lost() {
    return ended;
  }

  @Override
  public void close() {
    stubs.shutdownNow();
    server.close();
  }

  /** The servers that keep this database, told by their arguments. */
  private static Stream<ProcessHandle> serversOn(Path database) {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                process
                    .info()
                    .arguments()
                    .map(arguments -> List.of(arguments))
                    .filter(arguments -> arguments.contains("start-dev"))
                    .filter(arguments -> arguments.contains(database.toString()))
                    .isPresent());
  }

  /** A server that outlived its killed parent holds the ports and the database. */
  private static void endLeftBehind(ProcessHandle process) {
    process.destroy();
    try {
      process.onExit().get(10, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      process.destroyForcibly();
      process.onExit().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The server's own last words; what comes before them are its arguments. */
  private static String lastLine(RuntimeException e) {
    String message = String.valueOf(e.getMessage()).strip();
    return message.substring(message.lastIndexOf('\n') + 1);
  }
}
