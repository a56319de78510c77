package dev.vitrine.registry;

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
}
