package dev.vitrine.process;

import dev.vitrine.access.Requester;
import dev.vitrine.task.Progress;
import dev.vitrine.workflow.upload.ImageUploadWorkflow;
import dev.vitrine.workflow.upload.UploadResult;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * One image's upload. Thread-safe; it holds no resource, and the upload goes on without it.
 *
 * <p>Every method throws a {@link dev.vitrine.error.VitrineException}: not found if there is no
 * such upload (any more), unavailable if Temporal does not answer.
 */
public final class UploadHandle {

  private final UUID imageId;
  private final String workflowId;
  private final Execution<ImageUploadWorkflow, UploadResult> execution;

  UploadHandle(
      UUID imageId, String workflowId, Execution<ImageUploadWorkflow, UploadResult> execution) {
    this.imageId = imageId;
    this.workflowId = workflowId;
    this.execution = execution;
  }

  /** The image. */
  public UUID imageId() {
    return imageId;
  }

  /** The workflow's id, for the Web UI. */
  public String workflowId() {
    return workflowId;
  }

  /**
   * Waits until the upload has ended, however long that takes.
   *
   * @return how it ended; an upload that failed is a result, too
   * @throws dev.vitrine.error.VitrineException the refusal, if it was refused; a conflict if it was
   *     cancelled or terminated in Temporal
   */
  public UploadResult await() {
    return execution.await();
  }

  /**
   * As {@link #await()}, for so long at most.
   *
   * @return empty if the upload had not ended by then
   */
  public Optional<UploadResult> await(Duration timeout) {
    return execution.await(timeout);
  }

  /**
   * As {@link #await()}, for callers that must not block a thread each. Cancelling the future has
   * no effect on the upload.
   *
   * @return completes when the upload has ended; exceptionally with what {@link #await()} throws
   */
  public CompletableFuture<UploadResult> result() {
    return execution.result();
  }

  /** How far the transfer is; empty if none is running or has reported yet. */
  public Optional<Progress> progress() {
    return Optional.ofNullable(state().progress());
  }

  /** The state of the upload, as the server sees it; answered without a worker. */
  public ExecutionState state() {
    return execution.state();
  }

  /**
   * Asks the upload to stop; the image ends by its failure policy. Without effect once the data is
   * in or the upload has ended. Returns before it has stopped.
   */
  public void cancel(Requester by) {
    execution.signal(upload -> upload.cancel(by));
  }
}
