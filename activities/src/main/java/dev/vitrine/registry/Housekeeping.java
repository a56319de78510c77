package dev.vitrine.registry;

import java.util.List;
import java.util.UUID;

/** The removal of what has been kept long enough. */
public interface Housekeeping {

  /** Removes finished tasks that have expired, with their history; returns how many. */
  int removeExpiredTasks();

  /** Removes idempotency keys that have expired; returns how many. */
  int removeExpiredKeys();

  /** Removes query strings of sources that no task needs; returns how many. */
  int removeUnneededQueries();

  /**
   * Purges images that have been {@code deleted}, with no location left, for the retention time:
   * the row goes with everything that belongs to it, the id stays reserved. Returns how many.
   */
  int purgeDeletedImages();

  /** Removes dead letters that have been kept for the retention time; returns how many. */
  int removeOldDeadLetters();

  /**
   * Removes the places of webhooks that no process has told for the retention time, and that have
   * no dead letter that is kept longer; returns how many. Such a one that comes back begins anew.
   */
  int removeForgottenWebhooks();

  /** What {@link #removeExpiredTasks} would remove first. */
  List<UUID> expiredTasks(int limit);

  /** What {@link #purgeDeletedImages} would remove first. */
  List<UUID> purgeableImages(int limit);

  /** What {@link #removeExpiredKeys} would return. */
  int expiredKeys();

  /** What {@link #removeUnneededQueries} would return. */
  int unneededQueries();

  /** What {@link #removeOldDeadLetters} would return. */
  int oldDeadLetters();

  /** What {@link #removeForgottenWebhooks} would return after that. */
  int forgottenWebhooks();
}
