package dev.vitrine.embedded;

import dev.vitrine.config.Settings;
import dev.vitrine.worker.VitrineWorker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vitrine dev}: the whole stack in one process, kept running. */
@Command(
    name = "dev",
    description = {
      "Run the whole stack in this process, with its data in a directory of its own.",
      "",
      "Takes the Temporal development server (durable, with Web UI) if the program 'temporal' is on"
          + " the PATH, and the in-memory server otherwise."
    })
public final class DevCommand implements Callable<Integer> {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where everything is kept (default: ~/.local/share/vitrine).")
  private Path data = Path.of(System.getProperty("user.home"), ".local", "share", "vitrine");

  @Option(
      names = "--port",
      defaultValue = "7233",
      description = "Temporal's port on 127.0.0.1 (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--ui-port",
      defaultValue = "8233",
      description = "The Web UI's port on 127.0.0.1 (default: ${DEFAULT-VALUE}).")
  private int uiPort;

  @Option(names = "--in-memory", description = "Take the in-memory server in any case.")
  private boolean inMemory;

  @Option(
      names = "--source-root",
      paramLabel = "DIR",
      description =
          "A directory that files may be uploaded from; may be repeated (default: the home"
              + " directory and the present one).")
  private List<Path> sourceRoots = new ArrayList<>();

  @Spec
  @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    data = data.toAbsolutePath().normalize();
    createDirectories(data);
    createDirectories(StackSettings.exports(data));
    if (sourceRoots.isEmpty()) {
      sourceRoots =
          List.of(Path.of(System.getProperty("user.home")), Path.of("").toAbsolutePath());
    }
    CountDownLatch stopRequested = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              stopRequested.countDown();
              awaitQuietly(stopped);
            },
            "vitrine-dev-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    Settings settings = StackSettings.in(data, sourceRoots, Duration.ofSeconds(15));
    try (EmbeddedTemporal temporal = temporal();
        VitrineWorker worker =
            VitrineWorker.start(temporal.client(), settings, Clock.systemUTC())) {
      print(out, temporal, settings);
      stopRequested.await();
      out.println("stopping");
      out.flush();
    } finally {
      stopped.countDown();
    }
    return 0;
  }

  private EmbeddedTemporal temporal() {
    Optional<Path> binary = inMemory ? Optional.empty() : DevServerTemporal.binary();
    return binary
        .<EmbeddedTemporal>map(found -> new DevServerTemporal(found, data, port, uiPort))
        .orElseGet(() -> new InMemoryTemporal(port));
  }

  private void print(PrintWriter out, EmbeddedTemporal temporal, Settings settings) {
    out.println("vitrine dev is running; Ctrl-C stops it");
    line(out, "temporal", temporal.address());
    line(out, "", temporal.meaning());
    temporal.webUi().ifPresent(url -> line(out, "web ui", url));
    if (temporal.webUi().isEmpty() && !inMemory) {
      line(out, "", "put the program 'temporal' on the PATH for a durable server with a Web UI");
    }
    line(out, "registry", settings.registry().displayUrl());
    line(out, "store", settings.stores().stores().get(0).path().toString());
    line(out, "sources", "http, https, and files below " + join(sourceRoots));
    line(out, "exports", "files below " + StackSettings.exports(data));
    out.println();
    out.println("In another terminal:");
    String address = port == 7233 ? "" : "TEMPORAL_ADDRESS=" + temporal.address() + " ";
    out.println("  " + address + "java -jar vitrine.jar upload FILE");
    out.flush();
  }

  private static void line(PrintWriter out, String name, String value) {
    out.printf("  %-9s %s%n", name, value);
  }

  private static String join(List<Path> roots) {
    return String.join(", ", roots.stream().map(Path::toString).toList());
  }

  private static void createDirectories(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("the data directory can't be made: " + directory, e);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
