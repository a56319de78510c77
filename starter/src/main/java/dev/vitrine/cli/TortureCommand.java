package dev.vitrine.cli;

import dev.vitrine.embedded.DevServerTemporal;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.terminal.ProgressDisplay;
import dev.vitrine.terminal.Table;
import dev.vitrine.torture.S3Place;
import dev.vitrine.torture.Torture;
import dev.vitrine.torture.TorturePlan;
import dev.vitrine.torture.TortureReport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vitrine torture}. */
@Command(
    name = "torture",
    description = {
      "Run a cluster on this machine, do it harm, and say whether it kept its promises.",
      "",
      "Starts a Temporal server on a file and two processes of each role, with two stores in"
          + " directories and the registry and bucket that are given. Clients create, upload,"
          + " stage, import, export, clone, download, deactivate, delete and cancel, while"
          + " processes, Temporal's too, are killed and frozen, stores vanish, fill up, hang, cut"
          + " and refuse, a source does too, connections to Temporal and the database break and"
          + " hang, and the database is restarted if it is said how.",
      "In the end every image and task has to be in a final status by edges of its history, data"
          + " has to match its digests and what was sent, the stores have to hold what the registry"
          + " knows and nothing else, and no workflow may be open. Exit code 1 if not.",
      "The seed decides what is done; when it meets what is the machine's chance."
    })
final class TortureCommand implements Callable<Integer> {

  private final Vitrine vitrine;

  @Option(
      names = "--registry",
      paramLabel = "URL",
      required = true,
      description =
          "An empty database for this run alone: jdbc:postgresql://HOST/DATABASE?user=NAME.")
  private String registry = "";

  @Option(
      names = "--restart-registry",
      paramLabel = "COMMAND",
      description = "Restarts that database, and returns when it answers; run by sh -c.")
  private @Nullable String restart;

  @Option(
      names = "--s3-endpoint",
      paramLabel = "URL",
      description =
          "A server that speaks S3's protocol, for a third store: http://HOST:PORT. Its credentials"
              + " are taken from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.")
  private @Nullable URI s3Endpoint;

  @Option(
      names = "--s3-bucket",
      paramLabel = "NAME",
      defaultValue = "vitrine-torture",
      description = "An empty bucket there for this run alone; default: ${DEFAULT-VALUE}.")
  private String s3Bucket = "";

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of what is chosen; default: another one each time.")
  private @Nullable Long seed;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "10",
      description = "How long harm is done; default: ${DEFAULT-VALUE}.")
  private int minutes;

  @Option(
      names = "--calm",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "Minutes that everything may take to come to rest afterwards; default:"
              + " ${DEFAULT-VALUE}.")
  private int calm;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "Where data and logs of this run are kept; removed if all was kept; default: $$TMPDIR.")
  private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

  TortureCommand(Vitrine vitrine) {
    this.vitrine = vitrine;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    TorturePlan.requirePostgresql(registry);
    Path temporal =
        DevServerTemporal.binary()
            .orElseThrow(
                () ->
                    new Unavailable("there is no 'temporal' on the PATH: install Temporal's CLI"));
    ProgressDisplay display = vitrine.progressOf("torture");
    Path data = Files.createTempDirectory(directory, "vitrine-torture-");
    Long given = seed;
    String command = restart;
    TorturePlan plan =
        new TorturePlan(
            given == null ? new Random().nextInt(1_000_000) : given,
            Duration.ofMinutes(minutes),
            Duration.ofMinutes(calm),
            data,
            registry,
            command == null ? null : () -> restart(command),
            bucket(),
            temporal,
            display::status);
    TortureReport report = new Torture(plan).run();
    print(report);
    if (report.violations().isEmpty()) {
      BenchStack.remove(data);
      return ExitCode.OK.code();
    }
    vitrine.shell().err().println("data and logs are kept in " + data);
    return ExitCode.UNEXPECTED.code();
  }

  private void print(TortureReport report) {
    Table table = new Table(List.of("Work", "Times"), 0, Set.of(1));
    report.work().forEach((what, times) -> table.row(what, times.toString()));
    vitrine.output().print(report, table, vitrine.width());
    if (!vitrine.json()) {
      var out = vitrine.shell().out();
      out.println();
      report.harm().forEach(one -> out.println("harm:      " + one));
      report.violations().forEach(one -> out.println("violation: " + one));
      out.println("images:    " + report.images());
      out.println("tasks:     " + report.tasks());
      out.println("seed:      " + report.seed());
      out.println("verdict:   " + report.verdict());
      out.flush();
    }
  }

  private @Nullable S3Place bucket() {
    URI endpoint = s3Endpoint;
    return endpoint == null
        ? null
        : new S3Place(
            endpoint, s3Bucket, variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY"));
  }

  private static String variable(String name) {
    String value = System.getenv(name);
    if (value == null || value.isEmpty()) {
      throw new Invalid("--s3-endpoint: there is no environment variable " + name);
    }
    return value;
  }

  private static void restart(String command) {
    try {
      Process process = new ProcessBuilder("sh", "-c", command).inheritIO().start();
      int code = process.waitFor();
      if (code != 0) {
        throw new Invalid("--restart-registry '%s' ended with %d".formatted(command, code));
      }
    } catch (IOException e) {
      throw new Invalid("--restart-registry '%s': %s".formatted(command, e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
