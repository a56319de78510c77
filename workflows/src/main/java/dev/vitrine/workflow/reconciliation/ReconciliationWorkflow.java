package dev.vitrine.workflow.reconciliation;

import dev.vitrine.workflow.WorkflowIds;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Settles whatever was left behind by workflows that were terminated, cancelled or lost, and
 * removes what has expired. One per installation: {@link WorkflowIds#reconciliation}.
 */
@WorkflowInterface
public interface ReconciliationWorkflow {

  /**
   * Makes a pass.
   *
   * @return how much it settled
   */
  @WorkflowMethod(name = "Reconciliation")
  ReconciliationResult reconcile(ReconciliationRequest request);
}
