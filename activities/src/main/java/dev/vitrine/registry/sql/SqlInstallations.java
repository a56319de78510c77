package dev.vitrine.registry.sql;

import dev.vitrine.database.Database;
import dev.vitrine.registry.Home;
import dev.vitrine.registry.InstallationRecord;
import dev.vitrine.registry.Installations;
import java.time.Duration;
import java.time.Instant;

/** The one row that says which installation this registry is of. */
record SqlInstallations(Database database) implements Installations {

  /** Makes it, if there is none. */
  void make() {
    if (database
        .read("find installation", handle -> new InstallationTable(handle).find())
        .isEmpty()) {
      database.transaction(
          "make installation",
          handle -> {
            new InstallationTable(handle).make(database.now());
            return handle;
          });
    }
  }

  @Override
  public InstallationRecord get() {
    return database.read("installation", handle -> new InstallationTable(handle).require());
  }

  @Override
  public InstallationRecord settleAt(Home home) {
    InstallationRecord present = get();
    if (present.home() != null) {
      return present;
    }
    return database.transaction(
        "settle installation",
        handle -> {
          InstallationTable table = new InstallationTable(handle);
          // Of two that settle at once the second comes to what the first has recorded.
          if (table.lock().home() == null) {
            table.moveTo(home);
          }
          return table.require();
        });
  }

  @Override
  public InstallationRecord moveTo(Home home) {
    return database.transaction(
        "move installation",
        handle -> {
          InstallationTable table = new InstallationTable(handle);
          table.moveTo(home);
          return table.require();
        });
  }

  @Override
  public InstallationRecord endFormerWork(Duration atLeast) {
    InstallationRecord present = get();
    Instant until = present.createdAt().plus(atLeast);
    if (!present.formerWork() || until.isAfter(database.now())) {
      return present;
    }
    return database.transaction(
        "end former work",
        handle -> {
          InstallationTable table = new InstallationTable(handle);
          if (!table.hasUnfinishedFrom(until)) {
            table.endFormerWork();
          }
          return table.require();
        });
  }
}
