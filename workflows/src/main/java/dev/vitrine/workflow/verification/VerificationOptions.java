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

  private VerificationOptions() {}

  static ActivityOptions reading(String summary) {
    return ActivityOptions.newBuilder(READING)
        .setTaskQueue(TaskQueues.ofThisWorkflow().verifications())
        .setSummary(Excerpt.of(summary, TransferOptions.SUMMARY))
        .build();
  }
}
