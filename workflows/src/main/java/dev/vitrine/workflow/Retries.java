package dev.vitrine.workflow;

import io.temporal.common.RetryOptions;
import java.time.Duration;

/** How often an activity is tried again. */
public final class Retries {

  /** Until it is done, at last every 30 s, within whatever else bounds the activity. */
  public static final RetryOptions UNTIL_DONE =
      RetryOptions.newBuilder()
          .setInitialInterval(Duration.ofSeconds(1))
          .setBackoffCoefficient(2)
          .setMaximumInterval(Duration.ofSeconds(30))
          .build();

  /** What a step of a pass may be tried: the second is for a connection that was just lost. */
  public static final RetryOptions TWICE =
      RetryOptions.newBuilder()
          .setInitialInterval(Duration.ofMillis(500))
          .setMaximumAttempts(2)
          .build();

  private Retries() {}
}
