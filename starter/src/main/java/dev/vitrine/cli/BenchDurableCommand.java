package dev.vitrine.cli;

import dev.vitrine.bench.durable.DurableBench;
import dev.vitrine.bench.durable.DurablePlan;
import dev.vitrine.bench.durable.DurableReport;
import dev.vitrine.embedded.EmbeddedStack;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.terminal.ProgressDisplay;
import dev.vitrine.terminal.Table;
import io.temporal.client.WorkflowClient;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vitrine bench durable}. */
@Command(
    name = "durable",
    description = {
      "Measure what durable work costs, beside what Temporal itself takes for it.",
      "",
      "Runs a whole stack in this process, and in the same process workflows that do nothing: three"
          + " local activities (the floor), none, and a regular one with two local ones, started"
          + " eagerly. Each round measures every kind of work once, so that whatever else the"
          + " machine does hits all alike; the figures are the rounds' medians.",
      "CPU is that of this process without the threads that play clients and sources, of the server"
          + " that it starts, and of every --pid with its children. It is the steady figure; rates"
          + " stand beside it.",
      "",
      "Takes the Temporal server that the environment names (TEMPORAL_ADDRESS, TEMPORAL_PROFILE)"
          + " unless told otherwise. Makes images named vitrine-bench in a registry of its own."
    })
final class BenchDurableCommand implements Callable<Integer> {

  private final Vitrine vitrine;

  @Option(names = "--in-memory", description = "Take the in-memory server, in this process.")
  private boolean inMemory;

  @Option(
      names = "--dev-server",
      description = "Take a development server on a file, started for this.")
  private boolean developmentServer;

  @Option(
      names = "--registry",
      paramLabel = "URL",
      description =
          "The registry, empty or used by this alone:"
              + " jdbc:postgresql://HOST/DATABASE?user=NAME; default: SQLite, for this run.")
  private @Nullable String registry;

  @Option(
      names = "--pid",
      paramLabel = "PID",
      description =
          "A process on this machine that counts, with its children: a Temporal server's that the"
              + " environment names, PostgreSQL's; may be repeated.")
  private List<Long> pids = new ArrayList<>();

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where the data of this run is kept, and removed; default: $$TMPDIR.")
  private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(
      names = "--only",
      paramLabel = "NAME",
      description =
          "A kind of work, by its name in the table; may be repeated. The first one's first calls"
              + " are a cold process's.")
  private List<String> only = List.of();

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "8",
      description = "Calls at once; default: ${DEFAULT-VALUE}.")
  private int parallel;

  @Option(
      names = "--first",
      paramLabel = "N",
      defaultValue = "200",
      description = "First calls of each kind after the start; default: ${DEFAULT-VALUE}.")
  private int first;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "300",
      description = "Calls of each kind that follow, unmeasured; default: ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "9",
      description = "Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "48",
      description = "Calls of each kind in a round; default: ${DEFAULT-VALUE}.")
  private int count;

  BenchDurableCommand(Vitrine vitrine) {
    this.vitrine = vitrine;
  }

  @Override
  public Integer call() throws IOException {
    ProgressDisplay display = vitrine.progressOf("bench");
    DurablePlan plan =
        new DurablePlan(
            parallel, first, warmUp, rounds, count, Set.copyOf(only), pids, display::status);
    Path data = Files.createTempDirectory(directory, "vitrine-bench-");
    try {
      DurableReport report = measure(data, plan);
      vitrine.output().print(report, table(report), vitrine.width());
      if (!vitrine.json()) {
        explain(report);
      }
    } finally {
      remove(data);
    }
    return ExitCode.OK.code();
  }

  private DurableReport measure(Path data, DurablePlan plan) {
    if (inMemory && developmentServer) {
      throw new Invalid("--in-memory and --dev-server are two servers; give one");
    }
    WorkflowClient named = inMemory || developmentServer ? null : named();
    try (EmbeddedStack stack =
        named != null
            ? EmbeddedStack.on(named, data, registry)
            : inMemory
                ? EmbeddedStack.inMemory(data, registry)
                : EmbeddedStack.onDevelopmentServer(data, registry)) {
      return new DurableBench(stack, data, plan).run();
    } finally {
      if (named != null) {
        named.getWorkflowServiceStubs().shutdownNow();
      }
    }
  }

  private WorkflowClient named() {
    try {
      ClientConfigProfile profile =
          ClientConfigProfile.load(
              LoadClientConfigProfileOptions.newBuilder()
                  .setEnvOverrides(vitrine.shell().environment())
                  .build());
      return WorkflowClient.newInstance(
          WorkflowServiceStubs.newServiceStubs(profile.toWorkflowServiceStubsOptions()),
          profile.toWorkflowClientOptions());
    } catch (IOException | RuntimeException e) {
      throw new Invalid("Temporal's environment configuration can't be read: " + e.getMessage());
    }
  }

  private static Table table(DurableReport report) {
    Table table =
        new Table(
            List.of(
                "Work",
                "First, CPU ms",
                "CPU ms",
                "of others",
                "Per second",
                "ms",
                "x floor",
                "Limit",
                ""),
            0,
            Set.of(1, 2, 3, 4, 5, 6));
    for (DurableReport.Row row : report.rows()) {
      Boolean within = row.within();
      table.row(
          row.name(),
          number(row.cpuFirst()),
          number(row.cpu()),
          number(row.cpuOfOthers()),
          number(row.perSecond()),
          number(row.milliseconds()),
          row.ratio() == null ? null : String.format(Locale.ROOT, "%.2f", row.ratio()),
          row.limit(),
          within == null ? null : within ? "kept" : "MISSED");
    }
    return table;
  }

  private void explain(DurableReport report) {
    vitrine.shell().out().println();
    vitrine.shell().out().println("server:   " + report.server());
    vitrine.shell().out().println("registry: " + report.registry());
    report.counted().forEach(one -> vitrine.shell().out().println("counted:  " + one));
    vitrine.shell().out().flush();
  }

  private static @Nullable String number(@Nullable Double value) {
    return value == null ? null : String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
  }

  private static void remove(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(directory)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path one : all) {
      boolean unused = Files.deleteIfExists(one);
    }
  }
}
