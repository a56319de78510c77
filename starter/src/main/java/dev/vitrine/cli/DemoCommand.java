package dev.vitrine.cli;

import dev.vitrine.activity.Source;
import dev.vitrine.client.VitrineClient;
import dev.vitrine.config.Settings;
import dev.vitrine.embedded.Demo;
import dev.vitrine.embedded.DemoReport;
import dev.vitrine.embedded.DemoSource;
import dev.vitrine.embedded.DevServerTemporal;
import dev.vitrine.embedded.EmbeddedTemporal;
import dev.vitrine.embedded.InMemoryTemporal;
import dev.vitrine.embedded.Ports;
import dev.vitrine.embedded.SourceKeyFile;
import dev.vitrine.embedded.StackSettings;
import dev.vitrine.embedded.StatusWatch;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.process.SourceKey;
import dev.vitrine.worker.VitrineWorker;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine demo}: everything in one process, in a temporary directory, and then gone. */
@Command(
    name = "demo",
    description =
        "Run the main job in this process: uploads that succeed and fail, an import task, a"
            + " deactivation, a delayed deletion. Exits 0 only if every outcome was the right one.")
public final class DemoCommand implements Callable<Integer> {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE|URL",
      description = "What to upload (default: the largest file of this Java runtime).")
  private @Nullable String what;

  @Option(
      names = "--web-ui",
      description =
          "Take the real development server (program 'temporal' on the PATH), and wait for Enter at"
              + " the end, so that you can look at the Web UI.")
  private boolean webUi;

  @Spec
  @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    boolean isUrl = what != null && what.matches("(?i)https?://.*");
    Path file = isUrl ? largestOfTheRuntime() : file();
    Path data = Files.createTempDirectory("vitrine-demo");
    AtomicBoolean told = new AtomicBoolean();
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(endOf(Thread.currentThread(), told, stopped), "vitrine-demo-stop"));
    try {
      boolean right = run(file, isUrl && what != null ? what : null, data).allRight();
      return (right ? ExitCode.OK : ExitCode.WORK_FAILED).code();
    } catch (RuntimeException e) {
      if (told.get()) {
        return ExitCode.OK.code(); // Nobody gets to see it: the process ends by its signal.
      }
      throw e;
    } finally {
      remove(data);
      stopped.countDown();
    }
  }

  private DemoReport run(Path file, @Nullable String given, Path data) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Files.createDirectories(StackSettings.exports(data));
    SourceKey key = SourceKeyFile.keep(StackSettings.sourceKey(data));
    Path root = file.toAbsolutePath().getParent();
    Settings settings =
        StackSettings.in(data, root == null ? List.of() : List.of(root), Duration.ofMinutes(1));
    try (EmbeddedTemporal temporal = temporal(data);
        DemoSource web = new DemoSource(file)) {
      out.println("temporal: " + temporal.meaning());
      temporal.webUi().ifPresent(url -> out.println("web ui:   " + url));
      out.println("data:     " + data + " (removed at the end)");
      out.println("sources:  http and https, " + StackSettings.WEB_SOURCES);
      try (VitrineWorker worker =
              VitrineWorker.start(temporal.client(), settings, Clock.systemUTC());
          VitrineClient own = VitrineClient.on(worker.client(), worker.installation());
          VitrineClient client = own.withSourceKey(key);
          StatusWatch watch = new StatusWatch(worker.registry(), out)) {
        String url = given == null ? web.present() : given;
        Source source = new Source.Url(given == null ? file.toUri().toString() : given);
        DemoReport report;
        try {
          report =
              new Demo(client, worker.registry(), watch, out)
                  .run(source, url, web.missing(), data.resolve("store"));
        } finally {
          // An interrupt has ended the demonstration; what is closed now shall have its time.
          boolean unused = Thread.interrupted();
        }
        report.print(out);
        temporal.webUi().ifPresent(ui -> holdOpen(out, ui));
        return report;
      }
    }
  }

  /** Ctrl-C ends the demo as its end does: nothing is left running, and no data. */
  private static Runnable endOf(Thread demo, AtomicBoolean told, CountDownLatch stopped) {
    return () -> {
      told.set(true);
      demo.interrupt();
      try {
        boolean unused = stopped.await(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  private EmbeddedTemporal temporal(Path data) {
    if (!webUi) {
      return new InMemoryTemporal(0);
    }
    Path binary =
        DevServerTemporal.binary()
            .orElseThrow(
                () ->
                    new Invalid(
                        "--web-ui: there is no program 'temporal' on the PATH; add it, or leave the"
                            + " option out"));
    return new DevServerTemporal(binary, data, Ports.free(), Ports.free());
  }

  private static void holdOpen(PrintWriter out, String url) {
    out.println();
    out.println("Look at " + url + " and press Enter to end.");
    out.flush();
    CountDownLatch entered = new CountDownLatch(1);
    Thread reader =
        new Thread(
            () -> {
              try {
                int unused = System.in.read();
              } catch (IOException e) {
                // Nobody to wait for.
              }
              entered.countDown();
            },
            "vitrine-demo-enter");
    // What reads standard input can't be interrupted; what waits for it can.
    reader.setDaemon(true);
    reader.start();
    try {
      entered.await();
    } catch (InterruptedException e) {
      // The same as Enter; what is closed now shall not be interrupted in it.
    }
  }

  private Path file() throws IOException {
    if (what == null) {
      return largestOfTheRuntime();
    }
    Path given = what.startsWith("file:") ? Path.of(URI.create(what)) : Path.of(what);
    if (!Files.isRegularFile(given)) {
      throw new Invalid("'%s' is not a file; give a file or an http(s) URL".formatted(what));
    }
    return given.toRealPath();
  }

  private static Path largestOfTheRuntime() throws IOException {
    Path lib = Path.of(System.getProperty("java.home"), "lib");
    try (Stream<Path> files = Files.walk(lib)) {
      return files
          .filter(Files::isRegularFile)
          .max(Comparator.comparingLong(file -> file.toFile().length()))
          .orElseThrow(() -> new Invalid("there is no file in " + lib + "; give one"))
          .toRealPath();
    }
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
