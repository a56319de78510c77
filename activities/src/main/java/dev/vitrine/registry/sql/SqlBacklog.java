package dev.vitrine.registry.sql;

import dev.vitrine.activity.Finding;
import dev.vitrine.activity.ScanMark;
import dev.vitrine.database.Database;
import dev.vitrine.registry.Backlog;
import dev.vitrine.registry.BacklogRow;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows in transit. */
record SqlBacklog(Database database, Duration stagingTime) implements Backlog {

  @Override
  public List<BacklogRow> page(Finding.Kind kind, @Nullable ScanMark after, int limit) {
    return database.read(
        "backlog",
        handle -> new BacklogTables(handle, stagingTime).page(kind, database.now(), after, limit));
  }

  @Override
  public boolean holds(BacklogRow row) {
    return database.read(
        "row of backlog",
        handle -> new BacklogTables(handle, stagingTime).holds(row, database.now()));
  }
}
