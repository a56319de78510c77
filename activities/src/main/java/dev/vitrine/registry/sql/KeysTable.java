package dev.vitrine.registry.sql;

import dev.vitrine.database.LostRace;
import dev.vitrine.database.Row;
import dev.vitrine.error.VitrineException.KeyReused;
import dev.vitrine.registry.IdempotencyKey;
import dev.vitrine.registry.IdempotencyKey.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** {@code idempotency_keys}. Of two that claim one key at once, one waits for the other. */
record KeysTable(Handle handle) {

  /**
   * Makes the key stand for the subject, unless it stands for one.
   *
   * @throws KeyReused if it was given with another request
   */
  Claim claim(IdempotencyKey key, UUID subject, Instant now, Duration timeToLive) {
    handle
        .createUpdate(
            """
            delete from idempotency_keys
             where project = :project and key = :key and expires_at <= :now
            """)
        .bind("project", key.project())
        .bind("key", key.key())
        .bind("now", now)
        .execute();
    boolean isNew =
        handle
                .createUpdate(
                    """
                    insert into idempotency_keys (project, key, fingerprint, subject, expires_at)
                    values (:project, :key, :fingerprint, :subject, :expiresAt)
                    on conflict (project, key) do nothing
                    """)
                .bind("project", key.project())
                .bind("key", key.key())
                .bind("fingerprint", key.fingerprint())
                .bind("subject", subject)
                .bind("expiresAt", now.plus(timeToLive))
                .execute()
            == 1;
    return isNew ? new Claim(subject, true) : existing(key);
  }

  private Claim existing(IdempotencyKey key) {
    return handle
        .createQuery(
            """
            select fingerprint, subject from idempotency_keys
             where project = :project and key = :key
            """)
        .bind("project", key.project())
        .bind("key", key.key())
        .map(
            (rs, ctx) -> {
              Row row = new Row(rs, ctx);
              if (!row.text("fingerprint").equals(key.fingerprint())) {
                throw new KeyReused(
                    "idempotency key '%s' was given with another request, for %s; give each request a key of its own"
                        .formatted(key.key(), row.uuid("subject")));
              }
              return new Claim(row.uuid("subject"), false);
            })
        .findOne()
        .orElseThrow(() -> new LostRace("idempotency key was removed at the same time"));
  }

  /** Removes what has expired; returns how many. */
  int countExpired(Instant now) {
    return handle
        .createQuery("select count(*) as n from idempotency_keys where expires_at <= :now")
        .bind("now", now)
        .map((rs, ctx) -> (int) new Row(rs, ctx).number("n"))
        .one();
  }

  int deleteExpired(Instant now, int limit) {
    return handle
        .createUpdate(
            """
            delete from idempotency_keys
             where (project, key) in (
               select project, key from idempotency_keys where expires_at <= :now limit :limit)
            """)
        .bind("now", now)
        .bind("limit", limit)
        .execute();
  }
}
