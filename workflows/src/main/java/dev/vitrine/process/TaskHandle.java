package dev.vitrine.process;

import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.task.Progress;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.task.TaskWorkflow;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * One task. Thread-safe; it holds no resource, and the task goes on without it. Errors are as in
 * {@link UploadHandle}.
 */
public final class TaskHandle {

  private final UUID taskId;
  private final Execution<TaskWorkflow, TaskSummary> execution;
  private final Function<UUID, UploadHandle> uploads;

  /**
   * @param uploads attaches to an image's upload
   */
  TaskHandle(
      UUID taskId,
      Execution<TaskWorkflow, TaskSummary> execution,
      Function<UUID, UploadHandle> uploads) {
    this.taskId = taskId;
    this.execution = execution;
    this.uploads = uploads;
  }

  /** The task. */
  public UUID taskId() {
    return taskId;
  }

  /** The workflow's id, for the Web UI. */
  public String workflowId() {
    return WorkflowIds.task(taskId);
  }

  /**
   * Waits until the task has ended, however long that takes.
   *
   * @return the task, {@code success} or {@code failure}
   */
  public TaskSummary await() {
    return execution.await();
  }

  /**
   * As {@link #await()}, for so long at most.
   *
   * @return empty if the task had not ended by then
   */
  public Optional<TaskSummary> await(Duration timeout) {
    return execution.await(timeout);
  }

  /**
   * As {@link #await()}, for callers that must not block a thread each. Cancelling the future has
   * no effect on the task.
   *
   * @return completes when the task has ended; exceptionally with what {@link #await()} throws
   */
  public CompletableFuture<TaskSummary> result() {
    return execution.result();
  }

  /** Whether it has ended; answered without a worker. */
  public boolean hasEnded() {
    return execution.state().ended();
  }

  /**
   * The task as its workflow knows it, also after it has ended and as long as Temporal keeps it.
   *
   * @throws dev.vitrine.error.VitrineException.Unavailable also if it runs, and no worker answers
   *     within ten seconds
   */
  public TaskSummary show() {
    if (hasEnded()) {
      return execution.await();
    }
    return execution.call(
        () -> Deadlines.within(Deadlines.FOR_A_WORKER, () -> execution.stub().task()));
  }

  /**
   * How far the task's transfer is: its own, or that of the upload it runs. Empty if none is
   * running or has reported yet.
   */
  public Optional<Progress> progress() {
    return Optional.ofNullable(state().progress());
  }

  /**
   * Its state, as the server sees it; if its upload is at work, how that does.
   *
   * @throws dev.vitrine.error.VitrineException.Unavailable also if no worker says which upload that
   *     is
   */
  public ExecutionState state() {
    ExecutionState own = execution.state();
    if (own.ended() || own.progress() != null || own.awaitedQueue() != null) {
      return own;
    }
    UUID imageId = show().imageId();
    if (imageId == null) {
      return own;
    }
    try {
      ExecutionState upload = uploads.apply(imageId).state();
      return upload.ended() ? own : upload;
    } catch (NotFound e) {
      // The task has named its image and not yet started, or no longer has, an upload of it.
      return own;
    }
  }

  /**
   * Asks the task to stop; it ends in {@code failure} with a message that says who and when.
   * Without effect once its outcome is settled. Returns before it has stopped.
   */
  public void cancel(Requester by) {
    execution.signal(task -> task.cancel(by));
  }
}
