package dev.vitrine.it;

import dev.vitrine.worker.RealTemporal;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real Temporal server, durable in a file, that a test takes away and gives back. */
final class TemporalProcess implements AutoCloseable {

  private final Path program = RealTemporal.program();
  private final Path database;
  private final int port = FreePort.find();
  private final Map<String, String> configuration;
  private Process process;

  TemporalProcess(Path directory) throws IOException {
    this(directory, Map.of());
  }

  /**
   * @param configuration of the server, by its keys
   */
  TemporalProcess(Path directory, Map<String, String> configuration) throws IOException {
    this.configuration = Map.copyOf(configuration);
    database = directory.resolve("temporal.db");
    process = begin();
    awaitAnswer();
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  private Process begin() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "server",
                "start-dev",
                "--headless",
                "--port",
                Integer.toString(port),
                "--db-filename",
                database.toString(),
                "--sqlite-pragma",
                "journal_mode=wal",
                "--sqlite-pragma",
                "synchronous=normal",
                "--log-level",
                "error"));
    configuration.forEach(
        (key, value) -> command.addAll(List.of("--dynamic-config-value", key + "=" + value)));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(new File("target/temporal-processes.log")))
        .start();
  }

  private void awaitAnswer() {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newConnectedServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(address()).build(),
            Duration.ofSeconds(60));
    stubs.shutdownNow();
  }

  /** SIGKILL: connections are reset, and new ones refused. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Starts it again, on what it has in its file. */
  void restart() throws IOException {
    process = begin();
    awaitAnswer();
  }

  /** Starts it again without anything that it had: its namespace is another one. */
  void restartEmpty() throws IOException {
    for (String suffix : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(database.resolveSibling(database.getFileName() + suffix));
    }
    restart();
  }

  /** SIGSTOP: connections stay, and nobody answers. */
  void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** It goes on where it was. */
  void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
      throw new AssertionError("kill -" + name + " failed");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
