package dev.vitrine.cli;

import dev.vitrine.bench.Bench;
import dev.vitrine.bench.BenchPlan;
import dev.vitrine.bench.BenchReport;
import dev.vitrine.bench.Figure;
import dev.vitrine.bench.ServerProcesses;
import dev.vitrine.terminal.ProgressDisplay;
import dev.vitrine.terminal.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vitrine bench}. */
@Command(
    name = "bench",
    description = {
      "Measure an image API, and beside it what this machine can do at best.",
      "Makes images named vitrine-bench, and removes them. CPU is the steady figure; it needs"
          + " --pid for every process of the server, on this machine."
    },
    synopsisSubcommandLabel = "WHAT")
final class BenchCommands {

  /** What every measurement takes. */
  abstract static class Measurement implements Callable<Integer> {

    private final Vitrine vitrine;

    @Option(
        names = "--pid",
        paramLabel = "PID",
        description = "A process of the server, whose CPU and memory count; may be repeated.")
    private List<Long> pids = new ArrayList<>();

    @Option(
        names = "--dir",
        paramLabel = "DIR",
        description =
            "Where the reference writes; best on the disk of the store. Default: $$TMPDIR.")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    Measurement(Vitrine vitrine) {
      this.vitrine = vitrine;
    }

    abstract BenchReport run(Bench bench);

    abstract Numbers numbers();

    @Override
    public final Integer call() {
      ProgressDisplay display = vitrine.progressOf("bench");
      Numbers numbers = numbers();
      BenchPlan plan =
          new BenchPlan(
              numbers.size().bytes(),
              numbers.count(),
              numbers.images(),
              numbers.parallel(),
              directory,
              ServerProcesses.of(pids),
              display::status);
      return vitrine.withApi(
          api -> {
            BenchReport report = run(new Bench(api, plan));
            vitrine.output().print(report, table(report), vitrine.width());
            return ExitCode.OK;
          });
    }

    private static Table table(BenchReport report) {
      Table table = new Table(List.of("Measured", "Value", "Unit", "Ratio", "Of"), 0, Set.of(1, 3));
      for (Figure figure : report.reference()) {
        table.row("this machine: " + figure.name(), number(figure.value()), figure.unit(), "", "");
      }
      for (Figure figure : report.figures()) {
        Double ratio = figure.ratio();
        table.row(
            figure.name(),
            number(figure.value()),
            figure.unit(),
            ratio == null ? null : String.format(Locale.ROOT, "%.3f", ratio),
            figure.of());
      }
      return table;
    }

    private static String number(double value) {
      return String.format(Locale.ROOT, value < 100 ? "%.3f" : "%.0f", value);
    }
  }

  /** The numbers of a plan that a measurement has options for. */
  record Numbers(ByteSize size, int count, int images, int parallel) {}

  /** {@code vitrine bench api}. */
  @Command(
      name = "api",
      description = "Small calls: create, list the first page, list all by 25, upload little data.")
  static final class Api extends Measurement {

    @Option(
        names = "--images",
        paramLabel = "N",
        defaultValue = "1000",
        description = "How many images to make and list; default: ${DEFAULT-VALUE}.")
    private int images;

    @Option(
        names = "--count",
        paramLabel = "N",
        defaultValue = "100",
        description = "How many first pages and small uploads; default: ${DEFAULT-VALUE}.")
    private int count;

    @Option(
        names = "--size",
        paramLabel = "SIZE",
        defaultValue = "4KiB",
        description = "Of a small upload; default: ${DEFAULT-VALUE}.")
    private ByteSize size = new ByteSize(0);

    @Option(
        names = "--parallel",
        paramLabel = "N",
        defaultValue = "4",
        description = "How many calls at once; default: ${DEFAULT-VALUE}.")
    private int parallel;

    Api(Vitrine vitrine) {
      super(vitrine);
    }

    @Override
    BenchReport run(Bench bench) {
      return bench.api();
    }

    @Override
    Numbers numbers() {
      return new Numbers(size, count, images, parallel);
    }
  }

  /** What a measurement of large data takes. */
  abstract static class Large extends Measurement {

    @Option(
        names = "--size",
        paramLabel = "SIZE",
        defaultValue = "1GiB",
        description = "Of the image: 64MiB, 1GiB, 1000000; default: ${DEFAULT-VALUE}.")
    private ByteSize size = new ByteSize(0);

    @Option(
        names = "--count",
        paramLabel = "N",
        defaultValue = "3",
        description = "How often, one after the other; default: ${DEFAULT-VALUE}.")
    private int count;

    Large(Vitrine vitrine) {
      super(vitrine);
    }

    @Override
    final Numbers numbers() {
      return new Numbers(size, count, 1, 1);
    }
  }

  /** {@code vitrine bench upload}. */
  @Command(
      name = "upload",
      description =
          "Large uploads, against receiving, digesting and writing the same bytes in this process.")
  static final class Upload extends Large {

    Upload(Vitrine vitrine) {
      super(vitrine);
    }

    @Override
    BenchReport run(Bench bench) {
      return bench.upload();
    }
  }

  /** {@code vitrine bench download}. */
  @Command(
      name = "download",
      description = "Large downloads, against sending the same bytes from a file in this process.")
  static final class Download extends Large {

    Download(Vitrine vitrine) {
      super(vitrine);
    }

    @Override
    BenchReport run(Bench bench) {
      return bench.download();
    }
  }
}
