package dev.vitrine.workflow.verification;

import dev.vitrine.workflow.WorkflowIds;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Reads all of an image's data at every place, and says whether it is what is recorded. Its id is
 * {@link WorkflowIds#verification}.
 */
@WorkflowInterface
public interface ImageVerificationWorkflow {

  /** Changes nothing. Data that is wrong is a result and no failure. */
  @WorkflowMethod(name = "ImageVerification")
  ImageVerification verify(ImageVerificationRequest request);
}
