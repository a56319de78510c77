package dev.vitrine.worker;

import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import com.uber.m3.tally.ScopeCloseException;
import com.uber.m3.util.Duration;
import dev.vitrine.access.PermissionTable;
import dev.vitrine.config.Settings;
import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.operations.Measurements;
import dev.vitrine.operations.OperationsServer;
import dev.vitrine.tracing.Tracing;
import io.grpc.StatusRuntimeException;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program: {@code java -jar vitrine-worker.jar}. */
@Command(
    name = "vitrine-worker",
    mixinStandardHelpOptions = true,
    versionProvider = WorkerMain.Version.class,
    description = "Runs Vitrine's workflows and moves its data, until it is told to stop.",
    footer = {
      "",
      "Temporal's own variables say where it is: TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE,",
      "TEMPORAL_API_KEY, TEMPORAL_TLS_..., TEMPORAL_PROFILE. Any setting can be given as a",
      "variable as well: VITRINE_REGISTRY_URL for registry.url.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0: it is done",
      " 1: unexpected",
      " 2: a setting or an argument is wrong",
      " 7: Temporal, the registry or a store does not answer",
      " 143: it was told to stop (SIGTERM), and has handed its work over",
    })
public final class WorkerMain implements Callable<Integer> {

  /** What Temporal's client measured is as old as that. */
  private static final int REPORT_SECONDS = 10;

  private static final int OK = 0;
  private static final int UNEXPECTED = 1;
  private static final int WRONG_SETTING = 2;
  private static final int UNREACHABLE = 7;

  private static final String LEGEND =
      """
      r reader, m member, s service; the columns say what the image or task is to who asks (system: a
      token for the system as a whole). An admin may do everything. * differs from the default.
      Change a cell with the setting permissions: [allow download to reader of owner, deny ...]\
      """;

  private final Map<String, String> environment;
  private final PrintWriter out;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The settings; VITRINE_CONFIG if not given, the defaults without either.")
  private @Nullable Path config;

  @Option(names = "--check", description = "Check the settings, without connecting, and exit.")
  private boolean check;

  @Option(
      names = "--print-defaults",
      description = "Print every setting with its default and what it is for, and exit.")
  private boolean printDefaults;

  @Option(
      names = "--print-permissions",
      description = "Print who may do what by these settings, and exit.")
  private boolean printPermissions;

  @Option(
      names = "--register-search-attributes",
      description = "Register the search attributes that the namespace lacks, and exit.")
  private boolean registerSearchAttributes;

  @Option(
      names = "--move-installation",
      description = {
        "Record that the work in this registry runs in this namespace from now on, and exit.",
        "A worker elsewhere refuses to start then. First stop every process of the installation:",
        "what is under way is settled here as lost (uploads by their policy, tasks as failed)."
      })
  private boolean moveInstallation;

  private WorkerMain(Map<String, String> environment, PrintWriter out) {
    this.environment = environment;
    this.out = out;
  }

  /** Runs the program and ends the process. */
  public static void main(String[] args) {
    // Before the first logger; the file has a name of its own, so that it is nobody else's.
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", "dev/vitrine/worker/logback.xml");
    }
    System.exit(run(System.getenv(), writer(System.out), writer(System.err), args));
  }

  /** The program without the end of the process; returns the exit code. */
  static int run(
      Map<String, String> environment, PrintWriter out, PrintWriter err, String... args) {
    return new CommandLine(new WorkerMain(environment, out))
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler((e, command, parsed) -> report(e, err))
        .execute(args);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (printDefaults) {
      out.print(Settings.example());
      out.flush();
      return OK;
    }
    requireLogFormat();
    Settings settings = Settings.load(configFile(), environment);
    if (printPermissions) {
      out.print(PermissionTable.print(settings.permissions()));
      out.println();
      out.println(LEGEND);
      return OK;
    }
    if (check) {
      Wiring.check(settings);
      out.println("the settings are right");
      return OK;
    }
    if (!registerSearchAttributes && !moveInstallation) {
      serve(settings);
      return OK;
    }
    try (TemporalConnection temporal = TemporalConnection.open(environment)) {
      if (registerSearchAttributes) {
        return new SearchAttributeRegistration(temporal.client()).register() ? OK : UNEXPECTED;
      }
      out.println(
          VitrineWorker.moveInstallation(temporal.client(), settings, Clock.systemUTC()).display());
    }
    return OK;
  }

  /** What the log's configuration does not know would leave the process without a log. */
  private void requireLogFormat() {
    String format = environment.getOrDefault("VITRINE_LOG_FORMAT", "text");
    if (!format.equals("text") && !format.equals("json")) {
      throw new Invalid("VITRINE_LOG_FORMAT is '%s': give text or json".formatted(format));
    }
  }

  /** Measured, and asked how it is, if the settings say where. */
  private void serve(Settings settings) throws InterruptedException {
    try (Tracing tracing = tracing(settings)) {
      serve(settings, tracing);
    }
  }

  private Tracing tracing(Settings settings) {
    return switch (settings.operations().traces()) {
      case NONE -> Tracing.NONE;
      case OTLP ->
          Tracing.otlp(
              environment,
              Map.of("service.name", "vitrine-worker", "service.version", Version.number()));
    };
  }

  private void serve(Settings settings, Tracing tracing) throws InterruptedException {
    Integer port = settings.operations().port();
    RunningWorker running = new RunningWorker(settings.webhooks());
    if (port == null) {
      try (TemporalConnection temporal = TemporalConnection.open(environment)) {
        work(temporal, settings, Metering.NONE.traced(tracing), running);
      }
      return;
    }
    InetSocketAddress address = new InetSocketAddress(settings.operations().listenAddress(), port);
    try (Measurements measurements = new Measurements();
        OperationsServer server = OperationsServer.start(address, running, measurements)) {
      log().info("operations: {}", server.url());
      Scope scope =
          new RootScopeBuilder()
              .reporter(new MicrometerClientStatsReporter(measurements.meters()))
              .reportEvery(Duration.ofSeconds(REPORT_SECONDS));
      try (TemporalConnection temporal = TemporalConnection.open(environment, scope)) {
        work(temporal, settings, Metering.by(measurements.meters()).traced(tracing), running);
      } finally {
        close(scope);
      }
    }
  }

  /** Not before {@link #main} has said how to log. */
  private static Logger log() {
    return LoggerFactory.getLogger(WorkerMain.class);
  }

  private static void close(Scope scope) {
    try {
      scope.close();
    } catch (ScopeCloseException e) {
      log().debug("What was measured last was not reported", e);
    }
  }

  /** Until the process is told to stop; its end waits for the hook, and the hook for the work. */
  private static void work(
      TemporalConnection temporal, Settings settings, Metering metering, RunningWorker running)
      throws InterruptedException {
    try (VitrineWorker worker =
        VitrineWorker.start(temporal.client(), settings, Clock.systemUTC(), metering)) {
      running.started(worker);
      CountDownLatch never = new CountDownLatch(1);
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> stop(worker, metering.tracing()), "shutdown"));
      never.await();
    }
  }

  /** What the worker did last is traced, too. */
  private static void stop(VitrineWorker worker, Tracing tracing) {
    worker.close();
    tracing.close();
  }

  private @Nullable Path configFile() {
    String named = environment.get("VITRINE_CONFIG");
    return config != null || named == null || named.isBlank() ? config : Path.of(named);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  private static int report(Exception e, PrintWriter err) {
    err.println("vitrine-worker: " + e.getMessage());
    if (e instanceof VitrineException own) {
      return exitCode(own);
    }
    if (e instanceof StatusRuntimeException) {
      return UNREACHABLE;
    }
    e.printStackTrace(err);
    return UNEXPECTED;
  }

  private static int exitCode(VitrineException e) {
    return switch (e.kind()) {
      case INVALID -> WRONG_SETTING;
      case UNAVAILABLE -> UNREACHABLE;
      case NOT_FOUND,
          CONFLICT,
          KEY_REUSED,
          FORBIDDEN,
          UNAUTHENTICATED,
          TOO_LARGE,
          DATA_MISMATCH,
          FORMAT_REFUSED,
          SOURCE_UNUSABLE,
          STORAGE_FULL,
          GAVE_UP ->
          UNEXPECTED;
    };
  }

  /** From the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"vitrine-worker " + number()};
    }

    private static String number() {
      String version = WorkerMain.class.getPackage().getImplementationVersion();
      return version == null ? "(unpackaged)" : version;
    }
  }
}
