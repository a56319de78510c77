package dev.vitrine.workflow.action;

import dev.vitrine.image.ImageSummary;
import dev.vitrine.workflow.WorkflowIds;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * A change of an image that moves no data, for clients that have no other way to the registry. Its
 * id is {@link WorkflowIds#action}.
 */
@WorkflowInterface
public interface ImageActionWorkflow {

  /**
   * Makes the change.
   *
   * @return the image afterwards. A refused action ends as a failed workflow; then nothing changed.
   */
  @WorkflowMethod(name = "ImageAction")
  ImageSummary act(ImageAction action);
}
