package dev.vitrine.registry.sql.history;

import dev.vitrine.database.Row;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** {@code dead_letters} and {@code webhooks}, as far as they have been kept long enough. */
public record DeliveriesTable(Handle handle) {

  /** Nobody tells it, and it has nothing that is kept longer. */
  private static final String FORGOTTEN =
      """
      served_at <= :before
         and not exists (
           select 1 from dead_letters
            where dead_letters.endpoint = webhooks.endpoint and buried_at > :before)
      """;

  /** How many letters were laid aside at that time or before. */
  public int countLetters(Instant before) {
    return count("select count(*) as n from dead_letters where buried_at <= :before", before);
  }

  /** Removes some of them; returns how many. */
  public int deleteLetters(Instant before, int limit) {
    return handle
        .createUpdate(
            """
            delete from dead_letters
             where (endpoint, event) in (
               select endpoint, event from dead_letters
                where buried_at <= :before limit :limit)
            """)
        .bind("before", before)
        .bind("limit", limit)
        .execute();
  }

  /** How many webhooks nobody has told since that time, with no letter that is younger. */
  public int countForgotten(Instant before) {
    return count("select count(*) as n from webhooks where " + FORGOTTEN, before);
  }

  /** Removes them; returns how many. */
  public int deleteForgotten(Instant before) {
    return handle
        .createUpdate("delete from webhooks where " + FORGOTTEN)
        .bind("before", before)
        .execute();
  }

  /** The time of those that nobody has said anything of begins now. */
  public void beginTimes(Instant now) {
    handle
        .createUpdate("update webhooks set served_at = :now where served_at is null")
        .bind("now", now)
        .execute();
  }

  private int count(String query, Instant before) {
    return handle
        .createQuery(query)
        .bind("before", before)
        .map((rs, ctx) -> (int) new Row(rs, ctx).number("n"))
        .one();
  }
}
