package dev.vitrine.workflow.deletion;

import dev.vitrine.workflow.DetachedChild;
import dev.vitrine.workflow.WorkflowIds;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.util.UUID;

/** Starts an image's deletion from another workflow, which does not wait for its end. */
public final class DetachedDeletion {

  private DetachedDeletion() {}

  /**
   * Returns once the deletion has started. One that runs already is left to do it.
   *
   * @param summary what it does, for people
   */
  public static void start(DeletionRequest request, String summary) {
    UUID imageId = request.imageId();
    ImageDeletionWorkflow deletion =
        Workflow.newChildWorkflowStub(
            ImageDeletionWorkflow.class,
            DetachedChild.options(WorkflowIds.deletion(imageId), imageId, summary));
    Async.function(deletion::delete, request);
    DetachedChild.awaitStart(deletion);
  }
}
