package dev.vitrine.workflow;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.common.SearchAttributes;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.UUID;
import org.slf4j.Logger;

/** A child workflow that goes on by itself: its parent waits until it has started, no longer. */
public final class DetachedChild {

  private static final Logger log = Workflow.getLogger(DetachedChild.class);

  private DetachedChild() {}

  /**
   * Its options.
   *
   * @param imageId of the image it is about
   * @param summary what it does, for people
   */
  public static ChildWorkflowOptions options(String workflowId, UUID imageId, String summary) {
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

  /**
   * Waits until it has started, or is found running already. A child that has not started when its
   * parent closes never does.
   *
   * @param child its stub, called already
   */
  public static void awaitStart(Object child) {
    Promise<WorkflowExecution> started = Workflow.getWorkflowExecution(child);
    try {
      started.get();
    } catch (ChildWorkflowFailure alreadyRunning) {
      log.info("{}", alreadyRunning.getMessage());
    }
  }
}
