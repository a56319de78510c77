package dev.vitrine.activity;

import io.temporal.activity.ActivityInterface;
import java.util.List;

/** What reconciliation needs beyond the ordinary activities. Safe to repeat. */
@ActivityInterface
public interface ReconciliationActivities {

  /**
   * What no live workflow is going to settle. Liveness is asked of the server per workflow id,
   * never of visibility, which lags.
   *
   * @param limit at most so many; the rest is found by the next pass
   */
  List<Finding> findUnsettled(int limit);

  /**
   * Removes finished tasks whose time to live is over, and idempotency keys; returns how many
   * tasks.
   */
  int removeExpiredTasks();

  /**
   * Purges images deleted longer ago than the retention time, keeping their ids; returns how many.
   */
  int purgeDeletedImages();
}
