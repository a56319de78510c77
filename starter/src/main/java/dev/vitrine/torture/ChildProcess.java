package dev.vitrine.torture;

import dev.vitrine.error.VitrineException.Unavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process that can be ended, frozen and started again. For one thread at a time. */
final class ChildProcess implements AutoCloseable {

  private final String name;
  private final List<String> command;
  private final Map<String, String> environment;
  private final Path log;
  private @Nullable Process process;

  /**
   * @param environment what it has beside this process's own, without Temporal's and Vitrine's
   */
  ChildProcess(String name, List<String> command, Map<String, String> environment, Path log) {
    this.name = name;
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
    this.log = log;
  }

  String name() {
    return name;
  }

  /** Starts it, unless it runs. Returns whether it did not. */
  boolean start() {
    if (process != null && process.isAlive()) {
      return false;
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .keySet()
        .removeIf(key -> key.startsWith("TEMPORAL_") || key.startsWith("VITRINE_"));
    builder.environment().putAll(environment);
    try {
      process =
          builder
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      return true;
    } catch (IOException e) {
      throw new Unavailable("%s can't be started: %s".formatted(name, e.getMessage()));
    }
  }

  /** SIGKILL: nothing in it gets to run any more. */
  void kill() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly();
      process.waitFor();
    }
  }

  /** SIGTERM; waits for its end. */
  void terminate() throws InterruptedException {
    if (process != null) {
      process.destroy();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        kill();
      }
    }
  }

  /** SIGSTOP: its connections stay, and nobody answers. */
  void freeze() throws InterruptedException {
    signal("STOP");
  }

  /** It goes on where it was. */
  void thaw() throws InterruptedException {
    signal("CONT");
  }

  /**
   * No file of it may grow beyond that, which fails as a disk does that is full.
   *
   * @param bytes null for as many as there is room for
   * @return whether it was done: it takes Linux's {@code prlimit}
   */
  boolean limitFiles(@Nullable Long bytes) throws InterruptedException {
    String limit = bytes == null ? "unlimited" : bytes.toString();
    try {
      // The hard limit stays, so that the soft one can be raised again.
      return about("prlimit", "--fsize=" + limit + ":unlimited", "--pid");
    } catch (IOException e) {
      return false;
    }
  }

  private void signal(String signal) throws InterruptedException {
    try {
      boolean unused = about("kill", "-" + signal);
    } catch (IOException e) {
      throw new Unavailable("kill -%s can't be run: %s".formatted(signal, e.getMessage()));
    }
  }

  /** Runs that with the process's id; returns whether it did it. */
  private boolean about(String... command) throws IOException, InterruptedException {
    if (process == null || !process.isAlive()) {
      return false;
    }
    List<String> all = new ArrayList<>(List.of(command));
    all.add(Long.toString(process.pid()));
    return new ProcessBuilder(all).start().waitFor() == 0;
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }
}
