package dev.vitrine.workflow;

import dev.vitrine.error.Excerpt;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import java.time.Duration;

/** How long each activity on data may take, and how often it is tried, with the reasons. */
public final class TransferOptions {

  /** How long the process of a transfer may be silent, unless a worker is told otherwise. */
  public static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(10);

  /**
   * A transfer may take days, so nothing bounds it as a whole; a dead worker is noticed by the
   * heartbeat, after as long as the worker that runs the workflow is told ({@link
   * dev.vitrine.workflow.registration.VitrineWorkflows#register(io.temporal.worker.Worker,
   * Duration)}). The activity itself gives up after too many attempts without progress.
   * Cancellation waits until the writer has stopped, so that no status changes under it.
   */
  private static final ActivityOptions TRANSFER =
      ActivityOptions.newBuilder()
          .setStartToCloseTimeout(Duration.ofDays(30))
          .setHeartbeatTimeout(HEARTBEAT_TIMEOUT)
          .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
          .setRetryOptions(Retries.UNTIL_DONE)
          .build();

  /**
   * Removing data is quick but a store may be down for long: until it is done. The minute bounds
   * how long a removal is lost with its worker.
   */
  private static final ActivityOptions REMOVE =
      ActivityOptions.newBuilder()
          .setStartToCloseTimeout(Duration.ofMinutes(1))
          .setRetryOptions(Retries.UNTIL_DONE)
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
  public static final int SUMMARY = 300;

  /**
   * Removing what an upload has left, which nobody waits for: a store may be down for a while. What
   * is left after an hour needs a look, and stays recorded for reconciliation.
   */
  private static final ActivityOptions REMOVE_LEFTOVER =
      ActivityOptions.newBuilder(REMOVE).setScheduleToCloseTimeout(Duration.ofHours(1)).build();

  /** A question to another service, which may be away for a while; whoever imports waits. */
  private static final ActivityOptions ASK =
      ActivityOptions.newBuilder(REMOVE).setScheduleToCloseTimeout(Duration.ofMinutes(10)).build();

  private TransferOptions() {}

  /** A question to another service that any transfer worker can ask. */
  public static ActivityOptions ask(String summary) {
    return ActivityOptions.newBuilder(ASK)
        .setTaskQueue(TaskQueues.ofThisWorkflow().transfers())
        .setSummary(Excerpt.of(summary, SUMMARY))
        .build();
  }

  /** A transfer that any transfer worker can do, and resume. */
  public static ActivityOptions transfer(String summary) {
    return ActivityOptions.newBuilder(TRANSFER)
        .setTaskQueue(TaskQueues.ofThisWorkflow().transfers())
        .setSummary(Excerpt.of(summary, SUMMARY))
        .build();
  }

  public static ActivityOptions remove(String summary) {
    return removal(REMOVE, summary);
  }

  public static ActivityOptions removeLeftover(String summary) {
    return removal(REMOVE_LEFTOVER, summary);
  }

  public static ActivityOptions discard(String summary) {
    return removal(DISCARD, summary);
  }

  private static ActivityOptions removal(ActivityOptions options, String summary) {
    return ActivityOptions.newBuilder(options)
        .setTaskQueue(TaskQueues.ofThisWorkflow().removals())
        .setSummary(Excerpt.of(summary, SUMMARY))
        .build();
  }
}
