package dev.vitrine.workflow.upload;

import dev.vitrine.workflow.WorkflowIds;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Removes what an upload that failed has left, so that nobody waits for it: neither who uploaded
 * nor who uploads next. Its id is {@link WorkflowIds#removal}.
 */
@WorkflowInterface
public interface DataRemovalWorkflow {

  /**
   * Removes the data, then the location. Ends as a failed workflow if that takes more than an hour;
   * then reconciliation goes on with it.
   */
  @WorkflowMethod(name = "DataRemoval")
  void remove(DataRemovalRequest request);
}
