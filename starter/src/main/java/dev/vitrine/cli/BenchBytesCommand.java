package dev.vitrine.cli;

import dev.vitrine.bench.BytesBench;
import dev.vitrine.bench.BytesPlan;
import dev.vitrine.bench.BytesReport;
import dev.vitrine.embedded.EmbeddedStack;
import dev.vitrine.remote.ImageApi;
import dev.vitrine.remote.RemoteSettings;
import dev.vitrine.terminal.ProgressDisplay;
import dev.vitrine.terminal.Table;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vitrine bench bytes}. */
@Command(
    name = "bytes",
    description = {
      "Measure how large data is moved, beside a bare loop that does the least there is to do.",
      "",
      "Runs a whole stack in this process, and in the same process the loop: receive over loopback,"
          + " digest twice, each digest on a thread of its own, and write to a file. Both are sent"
          + " the same bytes by the same client. Each round measures every kind of work once, so"
          + " that whatever else the machine does hits all alike; the figures are the medians of"
          + " the rounds, and the ratios the medians of the rounds' ratios.",
      "CPU is that of this process without the threads that play clients and sources, of the server"
          + " that it starts, and of every --pid with its children. It is the steady figure; rates"
          + " mean something on a machine that does nothing else.",
      "What the cores allow is the rate that all of them together could move if each byte cost what"
          + " it costs in the loop and its client.",
      "",
      "Takes the Temporal server that the environment names (TEMPORAL_ADDRESS, TEMPORAL_PROFILE)"
          + " unless told otherwise. Takes about three times --size of free disk."
    })
final class BenchBytesCommand implements Callable<Integer> {

  private final Vitrine vitrine;

  @Mixin private BenchStack stack = new BenchStack();

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      defaultValue = "2GiB",
      description = "Of all the data that is moved at once; default: ${DEFAULT-VALUE}.")
  private ByteSize size = new ByteSize(0);

  @Option(
      names = "--streams",
      paramLabel = "N",
      defaultValue = "4",
      description =
          "How many share the data where more than one is measured; default: ${DEFAULT-VALUE}.")
  private int streams;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Default: ${DEFAULT-VALUE}.")
  private int rounds;

  BenchBytesCommand(Vitrine vitrine) {
    this.vitrine = vitrine;
  }

  @Override
  public Integer call() throws IOException {
    ProgressDisplay display = vitrine.progressOf("bench");
    List<String> about = new ArrayList<>();
    BytesReport report =
        stack.run(
            vitrine,
            (running, data) -> {
              about.add("server:   " + running.server());
              about.add("registry: " + running.registryUrl());
              return new BytesBench(api(running), plan(running, data, display)).run();
            });
    vitrine.output().print(report, table(report), vitrine.width());
    if (!vitrine.json()) {
      vitrine.shell().out().println();
      about.forEach(vitrine.shell().out()::println);
      vitrine.shell().out().println("cores:    " + report.cores());
      vitrine.shell().out().flush();
    }
    return ExitCode.OK.code();
  }

  private static ImageApi api(EmbeddedStack running) {
    return new ImageApi(RemoteSettings.of(URI.create(running.apiUrl())));
  }

  private BytesPlan plan(EmbeddedStack running, Path data, ProgressDisplay display) {
    List<Long> pids = new ArrayList<>(stack.pids());
    running.serverPid().ifPresent(pids::add);
    return new BytesPlan(size.bytes(), streams, rounds, data, pids, display::status);
  }

  private static Table table(BytesReport report) {
    Table table =
        new Table(
            List.of("Work", "MB/s", "CPU s/GB", "clients", "Rate x", "CPU x loop", "Limit", ""),
            0,
            Set.of(1, 2, 3, 4, 5));
    for (BytesReport.Row row : report.rows()) {
      Boolean within = row.within();
      table.row(
          row.name(),
          String.format(Locale.ROOT, "%.0f", row.megabytesPerSecond()),
          ratio(row.cpuPerGigabyte()),
          ratio(row.clientsCpuPerGigabyte()),
          ratio(row.rateRatio()),
          ratio(row.cpuRatio()),
          row.limit(),
          within == null ? null : within ? "kept" : "MISSED");
    }
    return table;
  }

  private static @Nullable String ratio(@Nullable Double value) {
    return value == null ? null : String.format(Locale.ROOT, "%.2f", value);
  }
}
