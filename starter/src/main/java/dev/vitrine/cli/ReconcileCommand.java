package dev.vitrine.cli;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.remote.ImageApi;
import dev.vitrine.terminal.Table;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vitrine reconcile}. */
@Command(
    name = "reconcile",
    description = {
      "Show what the next pass of reconciliation would settle and remove.",
      "Passes are made by the workers, every reconciliation.interval."
    })
final class ReconcileCommand implements Callable<Integer> {

  private final Vitrine vitrine;

  @Option(names = "--dry-run", description = "Change nothing. There is no other way.")
  private boolean dryRun;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "At most so many of each kind, 1 to 1000; default: ${DEFAULT-VALUE}.")
  private int limit;

  ReconcileCommand(Vitrine vitrine) {
    this.vitrine = vitrine;
  }

  @Override
  public Integer call() {
    if (!dryRun) {
      throw new Invalid(
          "workers reconcile by themselves, every reconciliation.interval; give --dry-run to see"
              + " what the next pass would do");
    }
    if (limit < 1 || limit > 1000) {
      throw new Invalid("--limit %d: give a number from 1 to 1000".formatted(limit));
    }
    return vitrine.withApi(this::show);
  }

  private ExitCode show(ImageApi api) {
    Map<String, @Nullable Object> preview = api.reconciliation().preview(limit);
    Table table = new Table(List.of("Would", "What", "Why"), 2, Set.of());
    for (Object each : list(preview, "findings")) {
      if (each instanceof Map<?, ?> finding) {
        table.row("settle", finding.get("kind"), finding.get("detail"));
      }
    }
    list(preview, "expired_tasks")
        .forEach(id -> table.row("remove", "task " + id, "its time to live is over"));
    list(preview, "purged_images")
        .forEach(id -> table.row("purge", "image " + id, "deleted for the retention time"));
    count(table, preview, "expired_keys", "idempotency keys", "expired");
    count(table, preview, "unneeded_queries", "query strings of sources", "no task needs them");
    count(table, preview, "old_dead_letters", "dead letters", "kept for webhooks.retention");
    count(table, preview, "forgotten_webhooks", "places of webhooks", "nobody tells them");
    vitrine.output().print(preview, table, vitrine.width());
    if (!vitrine.json() && table.isEmpty()) {
      vitrine.shell().err().println("nothing would be done");
    }
    if (Boolean.TRUE.equals(preview.get("more"))) {
      vitrine.shell().err().println("there is more than --limit shows of each kind");
    }
    if (preview.get("unanswered") instanceof Number rows && rows.intValue() > 0) {
      vitrine.shell().err().println(rows + " rows: Temporal said nothing about their workflows");
    }
    vitrine.shell().err().flush();
    return ExitCode.OK;
  }

  private static void count(
      Table table, Map<String, @Nullable Object> preview, String key, String what, String why) {
    if (preview.get(key) instanceof Number number && number.intValue() > 0) {
      table.row("remove", number + " " + what, why);
    }
  }

  private static List<?> list(Map<String, @Nullable Object> preview, String key) {
    return preview.get(key) instanceof List<?> list ? list : List.of();
  }
}
