package dev.vitrine.cli;

import dev.vitrine.activity.SweepCounts;
import dev.vitrine.activity.SweepFinding;
import dev.vitrine.backend.SweptStores;
import dev.vitrine.terminal.Table;
import java.util.List;
import java.util.Set;

/** Prints what a sweep has found, and says how the command exits. */
record SweepDisplay(Vitrine vitrine) {

  ExitCode show(SweptStores swept) {
    Table table = new Table(List.of("Found", "Store", "Key", "What", "Repaired"), 3, Set.of());
    for (SweepFinding each : swept.findings()) {
      table.row(
          each.kind().wireName(),
          each.store(),
          each.key(),
          each.detail(),
          each.repaired() ? "yes" : "");
    }
    vitrine.output().print(swept.document(), table, vitrine.width());
    SweepCounts counts = swept.counts();
    if (!vitrine.json()) {
      vitrine
          .shell()
          .err()
          .println(
              "%d places of images and %d keys of stores: %d wrong, %d missing, %d stores unread, %d orphans, %d of these repaired"
                  .formatted(
                      counts.locations(),
                      counts.keys(),
                      counts.wrong(),
                      counts.missing(),
                      counts.unread(),
                      counts.orphans(),
                      counts.repaired()));
      if (counts.found() > swept.findings().size()) {
        vitrine.shell().err().println("the workers' logs have all of them");
      }
      vitrine.shell().err().flush();
    }
    long left = counts.found() - counts.repaired();
    return left == 0
        ? ExitCode.OK
        : vitrine.failed("DataMismatch", "%d findings are left to look at".formatted(left));
  }
}
