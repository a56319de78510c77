package dev.vitrine.registry.sql.history;

import dev.vitrine.database.Database;
import dev.vitrine.database.Row;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.listing.AuditEntry;
import dev.vitrine.registry.StatusEvents;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The history by its numbers. They are given out before a transaction ends, so that one may appear
 * after a greater one: what is up to a number is settled once nobody writes who wrote when that
 * number was seen. Who writes is known by the locks on the table, of processes of any release.
 */
public record SqlEvents(Database database) implements StatusEvents {

  private static final String TABLE = "history";

  /** A transaction of ours takes milliseconds; who takes longer is waited for by the next call. */
  private static final int LOOKS = 25;

  private static final long PAUSE_MILLIS = 20;

  @Override
  public long last() {
    long newest = newest();
    if (!isSettled()) {
      throw new Unavailable("the registry: a transaction has been writing for long; try again");
    }
    return newest;
  }

  @Override
  public List<AuditEntry> after(long change, int limit) {
    long newest = newest();
    if (newest <= change || !isSettled()) {
      return List.of();
    }
    return database.read(
        "events",
        handle ->
            handle
                .createQuery(
                    """
                    select * from history where seq > :after and seq <= :last
                     order by seq limit :limit
                    """)
                .bind("after", change)
                .bind("last", newest)
                .bind("limit", limit)
                .map((rs, ctx) -> AuditListing.entry(new Row(rs, ctx)))
                .list());
  }

  private long newest() {
    return database.read(
        "newest event",
        handle ->
            handle
                .createQuery("select coalesce(max(seq), 0) as newest from history")
                .map((rs, ctx) -> new Row(rs, ctx).number("newest"))
                .one());
  }

  /** Whether everybody has ended who was writing at the beginning of this. */
  private boolean isSettled() {
    Set<String> writing = new HashSet<>(database.writers(TABLE));
    for (int look = 0; look < LOOKS && !writing.isEmpty(); look++) {
      try {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      writing.retainAll(database.writers(TABLE));
    }
    return writing.isEmpty();
  }
}
