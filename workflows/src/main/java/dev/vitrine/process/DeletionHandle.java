package dev.vitrine.process;

import dev.vitrine.image.ImageSummary;
import dev.vitrine.workflow.deletion.DeletionResult;
import dev.vitrine.workflow.deletion.ImageDeletionWorkflow;
import java.time.Duration;
import java.util.Optional;

/**
 * One deletion that was accepted. Thread-safe; it holds no resource, and the deletion goes on
 * without it.
 */
public final class DeletionHandle {

  private final ImageSummary image;
  private final Execution<ImageDeletionWorkflow, DeletionResult> execution;

  DeletionHandle(ImageSummary image, Execution<ImageDeletionWorkflow, DeletionResult> execution) {
    this.image = image;
    this.execution = execution;
  }

  /**
   * The image as it was when the deletion was accepted: {@code deleted} or {@code pending_delete}.
   */
  public ImageSummary image() {
    return image;
  }

  /** Waits until no data of the image is left: after the scrub time, if there is one. */
  public DeletionResult awaitDataRemoved() {
    return execution.await();
  }

  /**
   * As {@link #awaitDataRemoved()}, for so long at most.
   *
   * @return empty if data was left by then
   */
  public Optional<DeletionResult> awaitDataRemoved(Duration timeout) {
    return execution.await(timeout);
  }
}
