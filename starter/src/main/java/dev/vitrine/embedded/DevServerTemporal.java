package dev.vitrine.embedded;

import dev.vitrine.error.VitrineException.Unavailable;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.testing.TemporalDevServer;
import io.temporal.testing.TemporalDevServerOptions;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The real development server, durable in a file, with the Web UI. */
final class DevServerTemporal implements EmbeddedTemporal {

  private final TemporalDevServer server;
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private final Path pidFile;
  private final int uiPort;

  /**
   * Starts it.
   *
   * @param binary the {@code temporal} program
   * @param data where its database, its log and its process id are kept
   * @throws Unavailable if it does not start
   */
  DevServerTemporal(Path binary, Path data, int port, int uiPort) {
    this.pidFile = data.resolve("temporal.pid");
    this.uiPort = uiPort;
    endLeftBehind(binary);
    try {
      server =
          TemporalDevServer.start(
              TemporalDevServerOptions.newBuilder()
                  .setExistingPath(binary.toString())
                  .setPort(port)
                  .setUiEnabled(true)
                  .setUiPort(uiPort)
                  .setDatabaseFilename(data.resolve("temporal.db").toString())
                  .setLogFile(data.resolve("temporal.log").toString())
                  .setStartupTimeout(Duration.ofSeconds(60))
                  // Half the CPU per workflow, and still durable over a kill of the process.
                  .setExtraArgs(
                      List.of(
                          "--sqlite-pragma", "journal_mode=wal",
                          "--sqlite-pragma", "synchronous=normal",
                          "--dynamic-config-value", "system.enableActivityEagerExecution=true"))
                  .build());
    } catch (RuntimeException e) {
      throw new Unavailable(
          "the Temporal development server did not start on ports %d and %d; see %s: %s"
              .formatted(port, uiPort, data.resolve("temporal.log"), e.getMessage()));
    }
    rememberChild();
    stubs = Connections.open(address());
    client = WorkflowClient.newInstance(stubs);
  }

  /** The {@code temporal} program on the {@code PATH}. */
  static Optional<Path> binary() {
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
    return "development server: running uploads and tasks go on after a restart, whatever was"
        + " killed";
  }

  @Override
  public void close() {
    stubs.shutdownNow();
    server.close();
    try {
      Files.deleteIfExists(pidFile);
    } catch (IOException e) {
      // A stale process id is recognised by the program it names.
    }
  }

  /** A server that outlived a killed parent holds the ports and the database; end it. */
  private void endLeftBehind(Path binary) {
    try {
      if (!Files.exists(pidFile)) {
        return;
      }
      long pid = Long.parseLong(Files.readString(pidFile).strip());
      Optional<ProcessHandle> left =
          ProcessHandle.of(pid)
              .filter(process -> process.info().command().orElse("").equals(real(binary)));
      if (left.isPresent()) {
        left.get().destroy();
        left.get().onExit().orTimeout(10, TimeUnit.SECONDS).join();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NumberFormatException e) {
      // Not written whole: the server it was to name can't be known.
    }
  }

  private void rememberChild() {
    String port = address().substring(address().lastIndexOf(':') + 1);
    ProcessHandle.current()
        .children()
        .filter(child -> child.info().commandLine().orElse("").contains("--port " + port))
        .findFirst()
        .ifPresent(
            child -> {
              try {
                Files.writeString(pidFile, Long.toString(child.pid()));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  private static String real(Path binary) {
    try {
      return binary.toRealPath().toString();
    } catch (IOException e) {
      return binary.toString();
    }
  }
}
