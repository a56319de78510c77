package dev.vitrine.cli;

import dev.vitrine.bench.growth.GrowthBench;
import dev.vitrine.bench.growth.GrowthPlan;
import dev.vitrine.bench.growth.GrowthReport;
import dev.vitrine.terminal.ProgressDisplay;
import dev.vitrine.terminal.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vitrine bench growth}. */
@Command(
    name = "growth",
    description = {
      "Measure what the registry's work costs with a thousand images and with a million.",
      "",
      "Makes a registry of each size, asks it what clients ask all day, as a member of a project"
          + " with a twentieth of all images, and compares the CPU of the largest with that of"
          + " 10,000 images. Each round asks everything at every size in turn; the figures are the"
          + " rounds' medians. CPU is that of this process and of every --pid with its children:"
          + " give PostgreSQL's."
    })
final class BenchGrowthCommand implements Callable<Integer> {

  private final Vitrine vitrine;

  @Option(
      names = "--size",
      paramLabel = "N",
      split = ",",
      defaultValue = "1000,10000,100000,1000000",
      description = "Images; may be repeated; default: ${DEFAULT-VALUE}.")
  private List<Integer> sizes = List.of();

  @Option(
      names = "--transfers",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Images in the middle of an upload, of each size; default: ${DEFAULT-VALUE}.")
  private int transfers;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "9",
      description = "Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "40",
      description = "Calls of each kind in a round; default: ${DEFAULT-VALUE}.")
  private int count;

  @Option(
      names = "--registry",
      paramLabel = "URL",
      description =
          "A database for schemas of this run: jdbc:postgresql://HOST/DATABASE?user=NAME; default:"
              + " SQLite.")
  private @Nullable String registry;

  @Option(
      names = "--pid",
      paramLabel = "PID",
      description =
          "A process on this machine that counts, with its children: PostgreSQL's; may be"
              + " repeated.")
  private List<Long> pids = new ArrayList<>();

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where the files of this run are kept, and removed; default: $$TMPDIR.")
  private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

  BenchGrowthCommand(Vitrine vitrine) {
    this.vitrine = vitrine;
  }

  @Override
  public Integer call() throws IOException {
    ProgressDisplay display = vitrine.progressOf("bench");
    Path data = Files.createTempDirectory(directory, "vitrine-bench-");
    try {
      GrowthReport report =
          new GrowthBench(
                  new GrowthPlan(
                      sizes, transfers, rounds, count, registry, data, pids, display::status))
              .run();
      vitrine.output().print(report, table(report), vitrine.width());
      if (!vitrine.json()) {
        vitrine.shell().out().println();
        vitrine.shell().out().println("registry: " + report.registry());
        report.counted().forEach(one -> vitrine.shell().out().println("counted:  " + one));
        vitrine.shell().out().flush();
      }
      return ExitCode.OK.code();
    } finally {
      BenchStack.remove(data);
    }
  }

  private static Table table(GrowthReport report) {
    List<Integer> sizes = List.copyOf(report.rows().get(0).cpu().keySet());
    List<String> head = new ArrayList<>();
    head.add("CPU ms of one");
    sizes.forEach(size -> head.add(String.format(Locale.ROOT, "%,d", size)));
    head.addAll(List.of("Ratio", "Limit", ""));
    Table table =
        new Table(
            head,
            0,
            IntStream.rangeClosed(1, sizes.size() + 2).boxed().collect(Collectors.toSet()));
    for (GrowthReport.Row row : report.rows()) {
      List<@Nullable String> cells = new ArrayList<>();
      cells.add(row.name());
      row.cpu().values().forEach(cpu -> cells.add(String.format(Locale.ROOT, "%.2f", cpu)));
      cells.add(String.format(Locale.ROOT, "%.2f", row.ratio()));
      cells.add(String.format(Locale.ROOT, "%.1f", GrowthPlan.LIMIT));
      cells.add(row.within() ? "kept" : "MISSED");
      table.row((@Nullable Object[]) cells.toArray());
    }
    return table;
  }
}
