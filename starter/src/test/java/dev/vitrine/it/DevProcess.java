package dev.vitrine.it;

import dev.vitrine.client.VitrineClient;
import io.temporal.envconfig.ClientConfigProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code vitrine dev} in a process of its own. */
final class DevProcess implements AutoCloseable {

  private final Process process;
  private final Path output;
  private final int port;

  /** Starts it; all its ports are free ones. */
  DevProcess(Path data, Path output, String... options) throws IOException {
    this(FreePort.find(), data, output, options);
  }

  DevProcess(int port, Path data, Path output, String... options) throws IOException {
    this.port = port;
    this.output = output;
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.vitrine.cli.Vitrine",
                "dev",
                "--data",
                data.toString(),
                "--port",
                Integer.toString(port),
                "--ui-port",
                Integer.toString(FreePort.find()),
                "--api-port",
                Integer.toString(FreePort.find())));
    command.addAll(List.of(options));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
  }

  int port() {
    return port;
  }

  /** Waits until it says that it runs. */
  DevProcess awaitRunning() throws InterruptedException {
    Eventually.until(
        "vitrine dev runs", () -> output().contains("upload FILE") || !process.isAlive());
    if (!process.isAlive()) {
      throw new AssertionError("vitrine dev has ended: " + output());
    }
    return this;
  }

  VitrineClient connect() {
    return VitrineClient.connect(
        ClientConfigProfile.newBuilder().setAddress("127.0.0.1:" + port).build(),
        Duration.ofSeconds(20));
  }

  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** SIGTERM; returns the exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    return awaitEnd();
  }

  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("vitrine dev did not end within a minute: " + output());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
