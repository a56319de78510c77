package dev.vitrine.cli;

import dev.vitrine.config.Settings;
import dev.vitrine.embedded.DataDirectory;
import dev.vitrine.embedded.DevServerTemporal;
import dev.vitrine.embedded.EmbeddedTemporal;
import dev.vitrine.embedded.InMemoryTemporal;
import dev.vitrine.embedded.Ports;
import dev.vitrine.embedded.SourceKeyFile;
import dev.vitrine.embedded.StackSettings;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.worker.InstallationMove;
import dev.vitrine.worker.VitrineWorker;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
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
      paramLabel = "PORT",
      defaultValue = "7233",
      description = "Temporal's port on 127.0.0.1 (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--ui-port",
      paramLabel = "PORT",
      defaultValue = "8233",
      description = "The Web UI's port on 127.0.0.1 (default: ${DEFAULT-VALUE}).")
  private int uiPort;

  @Option(
      names = "--api-port",
      paramLabel = "PORT",
      defaultValue = "9292",
      description = "The image API's port on 127.0.0.1 (default: ${DEFAULT-VALUE}).")
  private int apiPort;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description =
          "A name, besides localhost and 127.0.0.1, that the API may be called by; may be repeated."
              + " Others are refused, so that no page in a browser gets here by its own.")
  private List<String> hosts = List.of();

  @Option(
      names = "--origin",
      paramLabel = "ORIGIN",
      description =
          "Pages of this origin, https://dashboard.example.org, may call the API from a browser;"
              + " may be repeated.")
  private List<String> origins = List.of();

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
  @SuppressWarnings("try") // The worker is there to run, not to be called.
  public Integer call() throws InterruptedException {
    requirePorts();
    if (sourceRoots.isEmpty()) {
      sourceRoots = List.of(Path.of(System.getProperty("user.home")), Path.of("").toAbsolutePath());
    }
    PrintWriter out = spec.commandLine().getOut();
    CountDownLatch stopped = new CountDownLatch(1);
    try (DataDirectory directory = DataDirectory.hold(data)) {
      CountDownLatch end = new CountDownLatch(1);
      AtomicBoolean told = new AtomicBoolean();
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    told.set(true);
                    end.countDown();
                    awaitQuietly(stopped);
                  },
                  "vitrine-dev-stop"));
      data = directory.path();
      var unusedHere = SourceKeyFile.keep(StackSettings.sourceKey(data));
      Settings settings =
          StackSettings.serving(
              StackSettings.in(data, sourceRoots, Duration.ofSeconds(15)), apiPort, hosts, origins);
      try (EmbeddedTemporal temporal = temporal();
          VitrineWorker worker = start(temporal, settings)) {
        var unused = temporal.lost().thenRun(end::countDown);
        print(out, temporal, worker.apiUrl().orElseThrow(), settings);
        end.await();
        // Ctrl-C reaches the server as well: then it ends because all does.
        if (!told.get()) {
          throw new Unavailable(
              "the Temporal server at %s has ended; see %s and start 'vitrine dev' again: what was"
                      .formatted(temporal.address(), data.resolve("temporal.log"))
                  + " running goes on then");
        }
        out.println("stopping");
        out.flush();
      }
      out.println("stopped");
    } finally {
      stopped.countDown();
    }
    return 0;
  }

  /** The data directory is held, so that nobody else can be at work on its registry elsewhere. */
  private static VitrineWorker start(EmbeddedTemporal temporal, Settings settings) {
    InstallationMove unused =
        VitrineWorker.moveInstallation(temporal.client(), settings, Clock.systemUTC());
    return VitrineWorker.start(temporal.client(), settings, Clock.systemUTC());
  }

  private void requirePorts() {
    Ports.requireValid(port, "--port");
    Ports.requireValid(uiPort, "--ui-port");
    requireDifferent("--port", port, "--ui-port", uiPort);
    requireDifferent("--port", port, "--api-port", apiPort);
    requireDifferent("--ui-port", uiPort, "--api-port", apiPort);
    Ports.requireFree(apiPort, "--api-port");
  }

  private static void requireDifferent(String option, int port, String other, int otherPort) {
    if (port == otherPort) {
      throw new Invalid("%s and %s are both %d; give two ports".formatted(option, other, port));
    }
  }

  private EmbeddedTemporal temporal() {
    Optional<Path> binary = inMemory ? Optional.empty() : DevServerTemporal.binary();
    return binary
        .<EmbeddedTemporal>map(found -> new DevServerTemporal(found, data, port, uiPort))
        .orElseGet(() -> new InMemoryTemporal(port));
  }

  private void print(PrintWriter out, EmbeddedTemporal temporal, String api, Settings settings) {
    out.println("vitrine dev is running; Ctrl-C stops it");
    line(out, "image api", api + ", Glance's v2, no login: everybody on this machine is an admin");
    line(out, "temporal", temporal.address() + ", namespace default");
    line(out, "", temporal.meaning());
    temporal.webUi().ifPresent(url -> line(out, "web ui", url));
    if (temporal.webUi().isEmpty()) {
      String how = inMemory ? "leave out --in-memory" : "put the program 'temporal' on the PATH";
      line(out, "", how + " for a durable server with a Web UI");
    }
    line(out, "data", data.toString());
    line(out, "registry", settings.registry().displayUrl());
    line(out, "store", StackSettings.store(data).toString());
    line(out, "sources", "http and https, " + StackSettings.WEB_SOURCES);
    line(out, "", "files below " + join(sourceRoots));
    line(out, "", "a program on Temporal seals their query strings with the key in");
    line(out, "", "VITRINE_WEB_SOURCES_KEY_FILE=" + StackSettings.sourceKey(data));
    line(out, "exports", "files below " + StackSettings.exports(data));
    out.println();
    out.println("In another terminal:");
    out.println("  openstack --os-auth-type none --os-endpoint " + api + " image list");
    out.println("  export VITRINE_API=" + api);
    out.println("  " + program() + " upload FILE");
    out.flush();
  }

  private static void line(PrintWriter out, String name, String value) {
    out.printf("  %-9s %s%n", name, value);
  }

  private static String join(List<Path> roots) {
    return String.join(", ", roots.stream().map(Path::toString).toList());
  }

  /** How this program is started, as one would type it. */
  private static String program() {
    CodeSource source = DevCommand.class.getProtectionDomain().getCodeSource();
    if (source == null || !source.getLocation().getPath().endsWith(".jar")) {
      return "vitrine";
    }
    String jar = Path.of(URI.create(source.getLocation().toString())).toString();
    return "java -jar " + (jar.matches("[\\w./-]+") ? jar : "'" + jar + "'");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
