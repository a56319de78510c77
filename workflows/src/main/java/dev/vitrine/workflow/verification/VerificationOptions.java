package dev.vitrine.workflow.verification;

import dev.vitrine.error.Excerpt;
import dev.vitrine.workflow.Retries;
import dev.vitrine.workflow.TaskQueues;
import dev.vitrine.workflow.TransferOptions;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/** How long each comparison may take, and how often it is tried, with the reasons. */
final class VerificationOptions {

  /**
   * To read a large image takes hours, and a dead worker is noticed by the heartbeat. A store that
   * does not answer five times in a row is a result, for whoever waits.
   */
  private static final ActivityOptions READING =
      ActivityOptions.newBuilder()
          .setStartToCloseTimeout(Duration.ofDays(30))
          .setHeartbeatTimeout(Duration.ofSeconds(60))
          .setRetryOptions(
              RetryOptions.newBuilder(Retries.UNTIL_DONE).setMaximumAttempts(5).build())
          .build();

  /**
   * A stretch ends by itself after some minutes, but for the data that it is just reading. What it
   * has seen its heartbeat knows, so that the next attempt goes on there, whenever it may.
   */
  private static final ActivityOptions SWEEPING =
      ActivityOptions.newBuilder(READING).setRetryOptions(Retries.UNTIL_DONE).build();

  private VerificationOptions() {}

  static ActivityOptions sweeping(String summary) {
    return options(SWEEPING, summary);
  }

  static ActivityOptions reading(String summary) {
    return options(READING, summary);
  }

  private static ActivityOptions options(ActivityOptions options, String summary) {
    return ActivityOptions.newBuilder(options)
        .setTaskQueue(TaskQueues.ofThisWorkflow().verifications())
        .setSummary(Excerpt.of(summary, TransferOptions.SUMMARY))
        .build();
  }
}
