package dev.vitrine.workflow;

import dev.vitrine.image.Location;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.common.SearchAttributes;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.UUID;
import org.slf4j.Logger;

/** Workflows that go on by themselves: whoever starts one waits until it has started, no longer. */
final class Abandoned {

  private static final Logger log = Workflow.getLogger(Abandoned.class);

  private Abandoned() {}

  /** Starts the removal of data that the registry has given up. */
  static void removal(Location location) {
    UUID imageId = location.imageId();
    DataRemovalWorkflow removal =
        Workflow.newChildWorkflowStub(
            DataRemovalWorkflow.class,
            options(
                WorkflowIds.removal(imageId, location.id()),
                imageId,
                "what an upload has left of image %s in store %s"
                    .formatted(imageId, location.store())));
    Async.procedure(
        removal::remove, new DataRemovalRequest(imageId, location.id(), location.store()));
    awaitStart(removal);
  }

  /** Starts, or leaves to the one that runs, what is left of an image's deletion. */
  static void deletion(DeletionRequest request, String summary) {
    UUID imageId = request.imageId();
    ImageDeletionWorkflow deletion =
        Workflow.newChildWorkflowStub(
            ImageDeletionWorkflow.class, options(WorkflowIds.deletion(imageId), imageId, summary));
    Async.function(deletion::delete, request);
    awaitStart(deletion);
  }

  private static ChildWorkflowOptions options(String workflowId, UUID imageId, String summary) {
    return ChildWorkflowOptions.newBuilder()
        .setWorkflowId(workflowId)
        .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
        .setStaticSummary(summary)
        .setTypedSearchAttributes(
            SearchAttributes.newBuilder()
                .set(VitrineSearchAttributes.IMAGE_ID, imageId.toString())
                .build())
        .build();
  }

  /** A child that has not started when its parent closes never does. */
  private static void awaitStart(Object child) {
    Promise<WorkflowExecution> started = Workflow.getWorkflowExecution(child);
    try {
      started.get();
    } catch (ChildWorkflowFailure alreadyRunning) {
      log.info("{}", alreadyRunning.getMessage());
    }
  }
}
