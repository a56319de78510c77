package dev.vitrine.process;

import dev.vitrine.workflow.verification.ImageVerification;
import dev.vitrine.workflow.verification.ImageVerificationWorkflow;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * One verification of an image. Thread-safe; it holds no resource, and the verification goes on
 * without it.
 */
public final class VerificationHandle {

  private final UUID imageId;
  private final Execution<ImageVerificationWorkflow, ImageVerification> execution;

  VerificationHandle(
      UUID imageId, Execution<ImageVerificationWorkflow, ImageVerification> execution) {
    this.imageId = imageId;
    this.execution = execution;
  }

  /** The image that is verified. */
  public UUID imageId() {
    return imageId;
  }

  /**
   * Waits until all of its data is read.
   *
   * @throws dev.vitrine.error.VitrineException.NotFound if whoever asked may not see it
   */
  public ImageVerification await() {
    return execution.await();
  }

  /**
   * As {@link #await()}, for so long at most.
   *
   * @return empty if something was left to read by then
   */
  public Optional<ImageVerification> await(Duration timeout) {
    return execution.await(timeout);
  }
}
