package dev.vitrine.workflow.upload;

import dev.vitrine.image.Location;
import dev.vitrine.workflow.DetachedChild;
import dev.vitrine.workflow.WorkflowIds;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.util.UUID;

/** Starts the removal of what an upload or an import has left, which neither waits for. */
public final class DetachedRemoval {

  private DetachedRemoval() {}

  /**
   * Returns once the removal has started.
   *
   * @param location of data that the registry has given up
   */
  public static void start(Location location) {
    UUID imageId = location.imageId();
    DataRemovalWorkflow removal =
        Workflow.newChildWorkflowStub(
            DataRemovalWorkflow.class,
            DetachedChild.options(
                WorkflowIds.removal(imageId, location.id()),
                imageId,
                "what an upload has left of image %s in store %s"
                    .formatted(imageId, location.store())));
    Async.procedure(
        removal::remove, new DataRemovalRequest(imageId, location.id(), location.store()));
    DetachedChild.awaitStart(removal);
  }
}
