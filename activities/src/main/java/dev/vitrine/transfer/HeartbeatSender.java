package dev.vitrine.transfer;

import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityNotExistsException;
import io.temporal.failure.TimeoutFailure;
import java.time.Duration;

/** The heartbeats of one attempt, as often as the pace of its process allows. */
final class HeartbeatSender implements AutoCloseable {

  private final ActivityAttempt heart;
  private final HeartbeatDetails live;
  private final HeartbeatSchedule pace;
  private final Duration tick;
  private volatile long last = System.nanoTime();

  /**
   * @param tick how often {@link #ifDue} is called
   */
  HeartbeatSender(
      ActivityAttempt heart, HeartbeatDetails live, HeartbeatSchedule pace, Duration tick) {
    this.heart = heart;
    this.live = live;
    this.pace = pace;
    this.tick = tick;
    pace.begins();
  }

  /**
   * Heartbeats.
   *
   * @throws ActivityCompletionException if the attempt is over
   */
  void now() {
    last = System.nanoTime();
    heart.heartbeat().accept(live);
  }

  /** As {@link #now}, if it is time. */
  void ifDue() {
    if (pace.isDue(last, heart.timeout(), tick)) {
      now();
    }
  }

  /**
   * Whether the server, or the SDK after a server that did not answer for too long, only no longer
   * counts on this attempt. Nobody wants the transfer stopped then: another attempt is to come.
   */
  static boolean isWrittenOff(ActivityCompletionException told) {
    return told instanceof ActivityNotExistsException
        || (told instanceof ActivityCanceledException && told.getCause() instanceof TimeoutFailure);
  }

  /** Whether another attempt may come: there is a server that could send one. */
  boolean serverAnswers() {
    return heart.serverAnswers().getAsBoolean();
  }

  @Override
  public void close() {
    pace.ends();
  }
}
