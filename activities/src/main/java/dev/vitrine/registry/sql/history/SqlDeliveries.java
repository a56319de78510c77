package dev.vitrine.registry.sql.history;

import dev.vitrine.database.Database;
import dev.vitrine.database.Row;
import dev.vitrine.error.Excerpt;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.registry.Deliveries;
import dev.vitrine.registry.StatusEvents;
import dev.vitrine.text.Printable;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The places and the dead letters of webhooks in the database. */
public record SqlDeliveries(Database database, StatusEvents events) implements Deliveries {

  /** Seldom enough that it is no write of its own for each process and interval. */
  private static final Duration SAID_AGAIN = Duration.ofHours(1);

  @Override
  public Progress open(String endpoint) {
    Optional<Progress> known = database.read("webhook", handle -> find(handle, endpoint));
    if (known.isPresent()) {
      return known.get();
    }
    long last = events.last();
    return database.transaction(
        "open webhook",
        handle -> {
          handle
              .createUpdate(
                  """
                  insert into webhooks (endpoint, told, attempts, served_at)
                  values (:endpoint, :told, 0, :now)
                  on conflict (endpoint) do nothing
                  """)
              .bind("endpoint", endpoint)
              .bind("now", database.now())
              .bind("told", last)
              .execute();
          return find(handle, endpoint).orElseThrow();
        });
  }

  @Override
  public void keepPlaces(List<String> endpoints) {
    Instant now = database.now();
    database.transaction(
        "keep places of webhooks",
        handle -> {
          PreparedBatch batch =
              handle.prepareBatch(
                  """
                  update webhooks set served_at = :now
                   where endpoint = :endpoint and (served_at is null or served_at < :before)
                  """);
          for (String endpoint : endpoints) {
            batch
                .bind("now", now)
                .bind("endpoint", endpoint)
                .bind("before", now.minus(SAID_AGAIN))
                .add();
          }
          return batch.execute();
        });
  }

  @Override
  public List<Progress> all() {
    return database.read(
        "webhooks",
        handle ->
            handle
                .createQuery("select * from webhooks order by endpoint")
                .map((rs, ctx) -> progress(new Row(rs, ctx)))
                .list());
  }

  @Override
  public void told(String endpoint, long event) {
    database.transaction("event told", handle -> advance(handle, endpoint, event));
  }

  private static int advance(Handle handle, String endpoint, long event) {
    return handle
        .createUpdate(
            """
            update webhooks set told = :event, attempts = 0, failing_since = null, error = null
             where endpoint = :endpoint and told < :event
            """)
        .bind("event", event)
        .bind("endpoint", endpoint)
        .execute();
  }

  @Override
  public Progress failed(String endpoint, String error) {
    return database.transaction(
        "event not told",
        handle -> {
          handle
              .createUpdate(
                  """
                  update webhooks set attempts = attempts + 1, error = :error,
                                      failing_since = coalesce(failing_since, :now)
                   where endpoint = :endpoint
                  """)
              .bind("error", safe(error))
              .bind("now", database.now())
              .bind("endpoint", endpoint)
              .execute();
          return find(handle, endpoint)
              .orElseThrow(() -> new NotFound("webhook %s is not open".formatted(endpoint)));
        });
  }

  @Override
  public void bury(String endpoint, List<DeadLetter> letters) {
    if (letters.isEmpty()) {
      return;
    }
    database.transaction(
        "bury events",
        handle -> {
          PreparedBatch batch =
              handle.prepareBatch(
                  """
                  insert into dead_letters (endpoint, event, body, error, buried_at, again)
                  values (:endpoint, :event, :body, :error, :at, :again)
                  on conflict (endpoint, event) do nothing
                  """);
          for (DeadLetter letter : letters) {
            batch
                .bind("endpoint", endpoint)
                .bind("event", letter.event())
                .bind("body", letter.body())
                .bind("error", safe(letter.error()))
                .bind("at", letter.buriedAt())
                .bind("again", false)
                .add();
          }
          batch.execute();
          drop(handle, endpoint);
          // What failed stays as it was: the endpoint has taken nothing.
          return handle
              .createUpdate(
                  "update webhooks set told = :event where endpoint = :endpoint and told < :event")
              .bind("event", letters.get(letters.size() - 1).event())
              .bind("endpoint", endpoint)
              .execute();
        });
  }

  /** The oldest of too many. */
  private static void drop(Handle handle, String endpoint) {
    handle
        .createUpdate(
            """
            delete from dead_letters where endpoint = :endpoint and event <= (
              select event from dead_letters where endpoint = :endpoint
               order by event desc limit 1 offset :most)
            """)
        .bind("endpoint", endpoint)
        .bind("most", MOST_DEAD_LETTERS)
        .execute();
  }

  @Override
  public List<DeadLetter> deadLetters(String endpoint, long after, int limit) {
    return database.read(
        "dead letters",
        handle ->
            handle
                .createQuery(
                    """
                    select * from dead_letters where endpoint = :endpoint and event > :after
                     order by event limit :limit
                    """)
                .bind("endpoint", endpoint)
                .bind("after", after)
                .bind("limit", limit)
                .map((rs, ctx) -> letter(new Row(rs, ctx)))
                .list());
  }

  @Override
  public long countDeadLetters(String endpoint) {
    return database.read(
        "count dead letters",
        handle ->
            handle
                .createQuery("select count(*) as n from dead_letters where endpoint = :endpoint")
                .bind("endpoint", endpoint)
                .map((rs, ctx) -> new Row(rs, ctx).number("n"))
                .one());
  }

  @Override
  public List<DeadLetter> toSendAgain(String endpoint, int limit) {
    return database.read(
        "letters to send again",
        handle ->
            handle
                .createQuery(
                    """
                    select * from dead_letters where endpoint = :endpoint and again = :yes
                     order by event limit :limit
                    """)
                .bind("endpoint", endpoint)
                .bind("yes", true)
                .bind("limit", limit)
                .map((rs, ctx) -> letter(new Row(rs, ctx)))
                .list());
  }

  @Override
  public int sendAgain(String endpoint, @Nullable Long event) {
    int wanted =
        database.transaction(
            "send again",
            handle ->
                handle
                    .createUpdate(
                        """
                        update dead_letters set again = :yes
                         where endpoint = :endpoint and event >= :from and event <= :to
                        """)
                    .bind("yes", true)
                    .bind("endpoint", endpoint)
                    .bind("from", event == null ? 0 : event)
                    .bind("to", event == null ? Long.MAX_VALUE : event)
                    .execute());
    if (wanted == 0 && event != null) {
      throw new NotFound(
          "webhook %s has no dead letter of event %d; list them".formatted(endpoint, event));
    }
    return wanted;
  }

  @Override
  public void unbury(String endpoint, long event) {
    database.transaction(
        "letter taken",
        handle ->
            handle
                .createUpdate(
                    "delete from dead_letters where endpoint = :endpoint and event = :event")
                .bind("endpoint", endpoint)
                .bind("event", event)
                .execute());
  }

  @Override
  public void notTakenAgain(String endpoint, long event, String error) {
    database.transaction(
        "letter not taken",
        handle ->
            handle
                .createUpdate(
                    """
                    update dead_letters set again = :no, error = :error
                     where endpoint = :endpoint and event = :event
                    """)
                .bind("no", false)
                .bind("error", safe(error))
                .bind("endpoint", endpoint)
                .bind("event", event)
                .execute());
  }

  private static String safe(String error) {
    return Excerpt.message(Printable.escape(error));
  }

  private static Optional<Progress> find(Handle handle, String endpoint) {
    return handle
        .createQuery("select * from webhooks where endpoint = :endpoint")
        .bind("endpoint", endpoint)
        .map((rs, ctx) -> progress(new Row(rs, ctx)))
        .findOne();
  }

  private static Progress progress(Row row) throws SQLException {
    return new Progress(
        row.text("endpoint"),
        row.number("told"),
        (int) row.number("attempts"),
        row.instantOrNull("failing_since"),
        row.textOrNull("error"));
  }

  private static DeadLetter letter(Row row) throws SQLException {
    return new DeadLetter(
        row.text("endpoint"),
        row.number("event"),
        row.text("body"),
        row.text("error"),
        row.instant("buried_at"),
        row.flag("again"));
  }
}
