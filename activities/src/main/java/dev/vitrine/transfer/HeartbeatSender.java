package dev.vitrine.transfer;

import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityNotExistsException;
import io.temporal.failure.TimeoutFailure;
import java.time.Duration;

/** The heartbeats of one attempt, as often as the schedule of its process allows. */
final class HeartbeatSender implements AutoCloseable {

  private final ActivityAttempt activity;
  private final HeartbeatDetails details;
  private final HeartbeatSchedule schedule;
  private final Duration tick;
  private volatile long last = System.nanoTime();

  /**
   * @param tick how often {@link #ifDue} is called
   */
  HeartbeatSender(
      ActivityAttempt activity,
      HeartbeatDetails details,
      HeartbeatSchedule schedule,
      Duration tick) {
    this.activity = activity;
    this.details = details;
    this.schedule = schedule;
    this.tick = tick;
    schedule.begins();
  }

  /**
   * Heartbeats.
   *
   * @throws ActivityCompletionException if the attempt is over
   */
  void now() {
    last = System.nanoTime();
    activity.heartbeat().accept(details);
  }

  /** As {@link #now}, if it is time. */
  void ifDue() {
    if (schedule.isDue(last, activity.timeout(), tick)) {
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
    return activity.serverAnswers().getAsBoolean();
  }

  @Override
  public void close() {
    schedule.ends();
  }
}
