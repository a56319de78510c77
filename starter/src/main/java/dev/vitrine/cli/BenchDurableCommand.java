package dev.vitrine.cli;

import dev.vitrine.bench.durable.DurableBench;
import dev.vitrine.bench.durable.DurablePlan;
import dev.vitrine.bench.durable.DurableReport;
import dev.vitrine.terminal.ProgressDisplay;
import dev.vitrine.terminal.Table;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private BenchStack stack = new BenchStack();

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
            parallel,
            first,
            warmUp,
            rounds,
            count,
            Set.copyOf(only),
            stack.pids(),
            display::status);
    DurableReport report =
        stack.run(vitrine, (running, data) -> new DurableBench(running, data, plan).run());
    vitrine.output().print(report, table(report), vitrine.width());
    if (!vitrine.json()) {
      explain(report);
    }
    return ExitCode.OK.code();
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
}
