package dev.vitrine.it;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A worker as it runs in a cluster: a process of its own, from the built jar. */
final class WorkerProcess implements AutoCloseable {

  private static final Path JAR = Path.of("..", "worker", "target", "vitrine-worker.jar");

  private final Process process;

  WorkerProcess(Path config, String temporalAddress, Path log) throws IOException {
    this(config, temporalAddress, Map.of(), log);
  }

  /** Has it do one thing; returns what it printed. */
  static String run(Path config, String temporalAddress, String argument)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            JAR.toString(),
            "--config",
            config.toString(),
            argument);
    builder.environment().keySet().removeIf(name -> name.startsWith("TEMPORAL_"));
    builder.environment().put("TEMPORAL_ADDRESS", temporalAddress);
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError("it ended with %d: %s".formatted(process.exitValue(), printed));
    }
    return printed;
  }

  /**
   * @param settings environment variables that override keys of the file
   */
  WorkerProcess(Path config, String temporalAddress, Map<String, String> settings, Path log)
      throws IOException {
    this(WorkerArchive.options(JAR), JAR, config, temporalAddress, settings, log);
  }

  /**
   * @param options of its JVM
   * @param jar of which build it is; null for this one
   */
  WorkerProcess(
      List<String> options,
      @Nullable Path jar,
      Path config,
      String temporalAddress,
      Map<String, String> settings,
      Path log)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of("-jar", (jar == null ? JAR : jar).toString(), "--config", config.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("TEMPORAL_"));
    environment.put("TEMPORAL_ADDRESS", temporalAddress);
    environment.putAll(settings);
    File output = log.toFile();
    process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
            .start();
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL: nothing in the process gets to run any more. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** SIGTERM, and no wait. */
  void requestEnd() {
    process.destroy();
  }

  /** SIGTERM; returns the exit code. */
  int terminate() throws InterruptedException {
    requestEnd();
    return awaitExit();
  }

  /** Waits for its end; returns the exit code. */
  int awaitExit() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the worker did not end within a minute");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
