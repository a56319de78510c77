package dev.vitrine.registry.sql;

import dev.vitrine.database.Database;
import dev.vitrine.registry.StreamHosts;
import java.time.Duration;

/** {@code stream_hosts}. */
record SqlStreamHosts(Database database) implements StreamHosts {

  /** A process that was killed leaves its row; nobody asks about it for so long. */
  private static final Duration KEPT = Duration.ofDays(1);

  @Override
  public void sign(String taskQueue) {
    database.transaction(
        "sign stream host",
        handle ->
            handle
                .createUpdate(
                    """
                    insert into stream_hosts (task_queue, signs, signed_at)
                    values (:queue, 1, :now)
                    on conflict (task_queue) do update
                       set signs = stream_hosts.signs + 1, signed_at = excluded.signed_at
                    """)
                .bind("queue", taskQueue)
                .bind("now", database.now())
                .execute());
  }

  @Override
  public long signs(String taskQueue) {
    return database.read(
        "signs of stream host",
        handle ->
            handle
                .createQuery("select signs from stream_hosts where task_queue = :queue")
                .bind("queue", taskQueue)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L));
  }

  @Override
  public void remove(String taskQueue) {
    database.transaction(
        "remove stream host",
        handle ->
            handle
                .createUpdate(
                    "delete from stream_hosts where task_queue = :queue or signed_at < :forgotten")
                .bind("queue", taskQueue)
                .bind("forgotten", database.now().minus(KEPT))
                .execute());
  }
}
