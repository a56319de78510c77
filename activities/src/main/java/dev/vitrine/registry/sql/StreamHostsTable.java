package dev.vitrine.registry.sql;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** {@code stream_hosts}. */
record StreamHostsTable(Handle handle) {

  /** A process that was killed leaves its row; nobody asks about it for so long. */
  private static final Duration KEPT = Duration.ofDays(1);

  void sign(String taskQueue, Instant now) {
    handle
        .createUpdate(
            """
            insert into stream_hosts (task_queue, signs, signed_at)
            values (:queue, 1, :now)
            on conflict (task_queue) do update
               set signs = stream_hosts.signs + 1, signed_at = excluded.signed_at
            """)
        .bind("queue", taskQueue)
        .bind("now", now)
        .execute();
  }

  long signs(String taskQueue) {
    return handle
        .createQuery("select signs from stream_hosts where task_queue = :queue")
        .bind("queue", taskQueue)
        .mapTo(Long.class)
        .findOne()
        .orElse(0L);
  }

  void remove(String taskQueue, Instant now) {
    handle
        .createUpdate(
            "delete from stream_hosts where task_queue = :queue or signed_at < :forgotten")
        .bind("queue", taskQueue)
        .bind("forgotten", now.minus(KEPT))
        .execute();
  }
}
