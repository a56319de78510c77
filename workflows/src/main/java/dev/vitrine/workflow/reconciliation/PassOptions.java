package dev.vitrine.workflow.reconciliation;

import dev.vitrine.error.Excerpt;
import dev.vitrine.workflow.Retries;
import dev.vitrine.workflow.TaskQueues;
import dev.vitrine.workflow.TransferOptions;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/** How long each activity of a pass may take, and how often it is tried, with the reasons. */
final class PassOptions {

  /**
   * The scan of former releases' reconciliation: many rows and a look-up for each, with a heartbeat
   * before every one. A worker that stops while the scan is handed to it loses it; the heartbeat
   * notices within seconds, and nobody's stuck image waits for the rest of the time.
   */
  static final ActivityOptions SCAN =
      ActivityOptions.newBuilder()
          .setStartToCloseTimeout(Duration.ofMinutes(5))
          .setHeartbeatTimeout(Duration.ofSeconds(15))
          .setRetryOptions(
              RetryOptions.newBuilder(Retries.UNTIL_DONE).setMaximumAttempts(5).build())
          .build();

  /** The removal of expired rows: a bounded number of statements, repeated by the next pass. */
  static final ActivityOptions HOUSEKEEPING =
      ActivityOptions.newBuilder()
          .setStartToCloseTimeout(Duration.ofSeconds(20))
          .setRetryOptions(
              RetryOptions.newBuilder(Retries.UNTIL_DONE).setMaximumAttempts(3).build())
          .build();

  private PassOptions() {}

  /** How long one step of a pass may take, by the passes' interval: half of it, within reason. */
  static Duration settling(Duration interval) {
    return within(interval.dividedBy(2), Duration.ofSeconds(5), Duration.ofSeconds(30));
  }

  /** A stretch of a scan: it returns after some seconds, and shows meanwhile how far it is. */
  static ActivityOptions scanStretch(Duration interval) {
    return ActivityOptions.newBuilder()
        .setStartToCloseTimeout(Duration.ofMinutes(1))
        .setScheduleToCloseTimeout(within(interval, Duration.ofSeconds(30), Duration.ofMinutes(2)))
        .setHeartbeatTimeout(Duration.ofSeconds(15))
        .setRetryOptions(RetryOptions.newBuilder(Retries.UNTIL_DONE).setMaximumAttempts(3).build())
        .build();
  }

  static ActivityOptions housekeeping(Duration step) {
    return ActivityOptions.newBuilder(HOUSEKEEPING)
        .setScheduleToCloseTimeout(step.plus(step))
        .build();
  }

  /** A removal of data that a pass settles. */
  static ActivityOptions settlingRemoval(Duration step, String summary) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(TaskQueues.ofThisWorkflow().removals())
        .setStartToCloseTimeout(step)
        .setScheduleToCloseTimeout(step)
        .setRetryOptions(Retries.TWICE)
        .setSummary(Excerpt.of(summary, TransferOptions.SUMMARY))
        .build();
  }

  private static Duration within(Duration asked, Duration least, Duration most) {
    if (asked.compareTo(least) < 0) {
      return least;
    }
    return asked.compareTo(most) > 0 ? most : asked;
  }
}
