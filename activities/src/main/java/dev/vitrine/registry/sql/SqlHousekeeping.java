package dev.vitrine.registry.sql;

import dev.vitrine.database.Database;
import dev.vitrine.registry.Housekeeping;
import dev.vitrine.registry.sql.history.DeliveriesTable;
import dev.vitrine.registry.sql.history.HistorySubject;
import dev.vitrine.registry.sql.history.HistoryTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The removal of what has been kept long enough. */
record SqlHousekeeping(Database database, Duration imageRetention, Duration webhookRetention)
    implements Housekeeping {

  /** Rows in one transaction, so that none holds the writers up for long. */
  private static final int BATCH = 500;

  /**
   * How long a task may wait for its first worker: until then no row says that it needs its query.
   */
  private static final Duration UNBEGUN = Duration.ofDays(1);

  /** One batch, in a transaction of its own: how many rows went, with their history. */
  private interface Removal {
    int remove(int limit);
  }

  @Override
  public int removeExpiredTasks() {
    Instant now = database.now();
    return all(
        limit ->
            database.transaction(
                "remove expired tasks",
                handle -> {
                  List<UUID> removed = new TasksTable(handle).deleteExpired(now, limit);
                  new HistoryTable(handle).delete(HistorySubject.TASK, removed);
                  return removed.size();
                }));
  }

  @Override
  public int removeExpiredKeys() {
    Instant now = database.now();
    return all(
        limit ->
            database.transaction(
                "remove expired keys", handle -> new KeysTable(handle).deleteExpired(now, limit)));
  }

  @Override
  public int removeUnneededQueries() {
    Instant before = database.now().minus(UNBEGUN);
    return all(
        limit ->
            database.transaction(
                "remove unneeded queries",
                handle -> new SourceQueriesTable(handle).deleteUnneeded(before, limit)));
  }

  @Override
  public int purgeDeletedImages() {
    Instant before = database.now().minus(imageRetention);
    return all(
        limit ->
            database.transaction(
                "purge deleted images",
                handle -> {
                  List<UUID> removed = new ImagesTable(handle).deletePurgeable(before, limit);
                  new HistoryTable(handle).delete(HistorySubject.IMAGE, removed);
                  return removed.size();
                }));
  }

  @Override
  public int removeOldDeadLetters() {
    Instant before = database.now().minus(webhookRetention);
    return all(
        limit ->
            database.transaction(
                "remove old dead letters",
                handle -> new DeliveriesTable(handle).deleteLetters(before, limit)));
  }

  @Override
  public int removeForgottenWebhooks() {
    Instant now = database.now();
    return database.transaction(
        "remove forgotten webhooks",
        handle -> {
          DeliveriesTable table = new DeliveriesTable(handle);
          table.beginTimes(now);
          return table.deleteForgotten(now.minus(webhookRetention));
        });
  }

  @Override
  public List<UUID> expiredTasks(int limit) {
    return database.read(
        "expired tasks", handle -> new TasksTable(handle).expired(database.now(), limit));
  }

  @Override
  public List<UUID> purgeableImages(int limit) {
    Instant before = database.now().minus(imageRetention);
    return database.read(
        "purgeable images", handle -> new ImagesTable(handle).purgeable(before, limit));
  }

  @Override
  public int expiredKeys() {
    return database.read(
        "expired keys", handle -> new KeysTable(handle).countExpired(database.now()));
  }

  @Override
  public int unneededQueries() {
    Instant before = database.now().minus(UNBEGUN);
    return database.read(
        "unneeded queries", handle -> new SourceQueriesTable(handle).countUnneeded(before));
  }

  @Override
  public int oldDeadLetters() {
    Instant before = database.now().minus(webhookRetention);
    return database.read(
        "old dead letters", handle -> new DeliveriesTable(handle).countLetters(before));
  }

  @Override
  public int forgottenWebhooks() {
    Instant before = database.now().minus(webhookRetention);
    return database.read(
        "forgotten webhooks", handle -> new DeliveriesTable(handle).countForgotten(before));
  }

  private static int all(Removal removal) {
    int total = 0;
    int removed;
    do {
      removed = removal.remove(BATCH);
      total += removed;
    } while (removed == BATCH);
    return total;
  }
}
