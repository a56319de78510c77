package dev.vitrine.workflow;

import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/** How long a step in the registry may take, and how often it is tried. */
final class RegistryOptions {

  /**
   * A registry change costs milliseconds; three quick tries ride out a lost connection. What takes
   * longer goes on as {@link #OUTAGE}.
   */
  static final LocalActivityOptions QUICK =
      LocalActivityOptions.newBuilder()
          .setStartToCloseTimeout(Duration.ofSeconds(10))
          .setRetryOptions(
              RetryOptions.newBuilder()
                  .setInitialInterval(Duration.ofMillis(100))
                  .setMaximumAttempts(3)
                  .build())
          .build();

  /**
   * The same changes while the registry is down: tried until it answers, as regular activities,
   * because only those show their attempts and last error in the Web UI.
   */
  static final ActivityOptions OUTAGE =
      ActivityOptions.newBuilder()
          .setStartToCloseTimeout(Duration.ofSeconds(30))
          .setRetryOptions(Retries.UNTIL_DONE)
          .build();

  private RegistryOptions() {}

  /** A step that happens within that time or not at all. */
  static LocalActivityOptions bounded(Duration step) {
    Duration attempt = Duration.ofSeconds(10);
    return LocalActivityOptions.newBuilder()
        .setStartToCloseTimeout(step.compareTo(attempt) < 0 ? step : attempt)
        .setScheduleToCloseTimeout(step)
        .setRetryOptions(Retries.TWICE)
        .build();
  }
}
