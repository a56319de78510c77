package dev.vitrine.activity;

import io.temporal.activity.ActivityInterface;
import java.util.List;

/** What reconciliation needs beyond the ordinary activities. Safe to repeat. */
@ActivityInterface
public interface ReconciliationActivities {

  /** The kinds of which there are rows in transit at all, with or without a live workflow. */
  List<Finding.Kind> kindsInTransit();

  /**
   * Looks for what no live workflow is going to settle, until something is found, the end is
   * reached or it has taken long. Liveness is asked of the server per workflow id, never of
   * visibility, which lags; what is known to sleep until a time is not asked about before it. A
   * workflow that can't go on for long is terminated, and then counts as one that is gone.
   */
  ScanPage scan(ScanRequest request);

  /**
   * The scan of former releases, in one step and of all kinds.
   *
   * @param limit at most so many; the rest is found by the next pass
   */
  List<Finding> findUnsettled(int limit);

  /** Removes the execution of a pass that did nothing, where the server lets it; gone is fine. */
  void forgetPass(String workflowId, String runId);

  /**
   * Removes finished tasks whose time to live is over, idempotency keys, query strings that no task
   * needs, and what webhooks have left; returns how many tasks.
   */
  int removeExpiredTasks();

  /**
   * Purges images deleted longer ago than the retention time, keeping their ids; returns how many.
   */
  int purgeDeletedImages();
}
