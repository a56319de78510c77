package dev.vitrine.workflow;

import dev.vitrine.activity.Source;
import dev.vitrine.error.Excerpt;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/** The options of every activity, each with the reason for its timeouts. */
final class Options {

  private static final RetryOptions UNTIL_DONE =
      RetryOptions.newBuilder()
          .setInitialInterval(Duration.ofSeconds(1))
          .setBackoffCoefficient(2)
          .setMaximumInterval(Duration.ofSeconds(30))
          .build();

  /**
   * A registry change costs milliseconds; three quick tries ride out a lost connection. What takes
   * longer goes on as {@link #REGISTRY_OUTAGE}.
   */
  static final LocalActivityOptions REGISTRY =
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
  static final ActivityOptions REGISTRY_OUTAGE =
      ActivityOptions.newBuilder()
          .setStartToCloseTimeout(Duration.ofSeconds(30))
          .setRetryOptions(UNTIL_DONE)
          .build();

  /**
   * The scan of former releases' reconciliation: many rows and a look-up for each, with a heartbeat
   * before every one. A worker that stops while the scan is handed to it loses it; the heartbeat
   * notices within seconds, and nobody's stuck image waits for the rest of the time.
   */
  static final ActivityOptions SCAN =
      ActivityOptions.newBuilder()
          .setStartToCloseTimeout(Duration.ofMinutes(5))
          .setHeartbeatTimeout(Duration.ofSeconds(15))
          .setRetryOptions(RetryOptions.newBuilder(UNTIL_DONE).setMaximumAttempts(5).build())
          .build();

  /** The removal of expired rows: a bounded number of statements, repeated by the next pass. */
  static final ActivityOptions HOUSEKEEPING =
      ActivityOptions.newBuilder()
          .setStartToCloseTimeout(Duration.ofSeconds(20))
          .setRetryOptions(RetryOptions.newBuilder(UNTIL_DONE).setMaximumAttempts(3).build())
          .build();

  /** What a step of a pass may be tried: the second is for a connection that was just lost. */
  private static final RetryOptions TWICE =
      RetryOptions.newBuilder()
          .setInitialInterval(Duration.ofMillis(500))
          .setMaximumAttempts(2)
          .build();

  /**
   * A transfer may take days, so nothing bounds it as a whole; a dead worker is noticed by the
   * heartbeat, which goes out every second. The activity itself gives up after too many attempts
   * without progress. Cancellation waits until the writer has stopped, so that no status changes
   * under it.
   */
  private static final ActivityOptions TRANSFER =
      ActivityOptions.newBuilder()
          .setStartToCloseTimeout(Duration.ofDays(30))
          .setHeartbeatTimeout(Duration.ofSeconds(20))
          .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
          .setRetryOptions(UNTIL_DONE)
          .build();

  /**
   * Removing data is quick but a store may be down for long: until it is done. The minute bounds
   * how long a removal is lost with its worker.
   */
  private static final ActivityOptions REMOVE =
      ActivityOptions.newBuilder()
          .setStartToCloseTimeout(Duration.ofMinutes(1))
          .setRetryOptions(UNTIL_DONE)
          .build();

  /**
   * Removing what a failed upload left: the image is settled already and the location is recorded
   * as to be removed, so that after a minute it is better left to reconciliation than waited for.
   */
  private static final ActivityOptions DISCARD =
      ActivityOptions.newBuilder(REMOVE).setScheduleToCloseTimeout(Duration.ofMinutes(1)).build();

  /**
   * A Temporal server refuses a summary of more than 400 bytes; its JSON adds quotes and escapes.
   */
  static final int SUMMARY = 300;

  /**
   * Removing what an upload has left, which nobody waits for: a store may be down for a while. What
   * is left after an hour needs a look, and stays recorded for reconciliation.
   */
  private static final ActivityOptions REMOVE_LEFTOVER =
      ActivityOptions.newBuilder(REMOVE).setScheduleToCloseTimeout(Duration.ofHours(1)).build();

  private Options() {}

  /** A transfer that any transfer worker can do, and resume. */
  static ActivityOptions transfer(String summary) {
    return ActivityOptions.newBuilder(TRANSFER)
        .setTaskQueue(TaskQueues.ofThisWorkflow().transfers())
        .setSummary(Excerpt.of(summary, SUMMARY))
        .build();
  }

  /**
   * A transfer of a stream that one process holds: once, because a stream can't be replayed. A
   * process that lives polls its queue, and gives several signs of life within the
   * schedule-to-start timeout; one that falls silent for longer than its rarest heartbeat and a
   * little may be gone. The two together are how soon a dead one is noticed; that a living one is
   * suspected does no harm (see {@link HeldTransfer}).
   *
   * @param lost whether it is known to live and not to have found back to the server yet
   */
  static ActivityOptions transfer(Source.HeldStream stream, boolean lost, String summary) {
    return ActivityOptions.newBuilder(TRANSFER)
        .setTaskQueue(stream.taskQueue())
        .setScheduleToStartTimeout(lost ? Duration.ofSeconds(10) : Duration.ofMillis(2500))
        .setHeartbeatTimeout(Duration.ofSeconds(9))
        .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
        .setSummary(Excerpt.of(summary, SUMMARY))
        .build();
  }

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
        .setRetryOptions(RetryOptions.newBuilder(UNTIL_DONE).setMaximumAttempts(3).build())
        .build();
  }

  static ActivityOptions housekeeping(Duration step) {
    return ActivityOptions.newBuilder(HOUSEKEEPING)
        .setScheduleToCloseTimeout(step.plus(step))
        .build();
  }

  /** A change of a row that a pass settles; the next pass comes back to what fails. */
  static LocalActivityOptions settlingRegistry(Duration step) {
    return LocalActivityOptions.newBuilder()
        .setStartToCloseTimeout(within(step, Duration.ZERO, Duration.ofSeconds(10)))
        .setScheduleToCloseTimeout(step)
        .setRetryOptions(TWICE)
        .build();
  }

  /** A removal of data that a pass settles. */
  static ActivityOptions settlingRemoval(Duration step, String summary) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(TaskQueues.ofThisWorkflow().removals())
        .setStartToCloseTimeout(step)
        .setScheduleToCloseTimeout(step)
        .setRetryOptions(TWICE)
        .setSummary(Excerpt.of(summary, SUMMARY))
        .build();
  }

  private static Duration within(Duration asked, Duration least, Duration most) {
    if (asked.compareTo(least) < 0) {
      return least;
    }
    return asked.compareTo(most) > 0 ? most : asked;
  }

  static ActivityOptions remove(String summary) {
    return removal(REMOVE, summary);
  }

  static ActivityOptions removeLeftover(String summary) {
    return removal(REMOVE_LEFTOVER, summary);
  }

  static ActivityOptions discard(String summary) {
    return removal(DISCARD, summary);
  }

  private static ActivityOptions removal(ActivityOptions options, String summary) {
    return ActivityOptions.newBuilder(options)
        .setTaskQueue(TaskQueues.ofThisWorkflow().removals())
        .setSummary(Excerpt.of(summary, SUMMARY))
        .build();
  }
}
