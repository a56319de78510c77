package dev.vitrine.worker;

import dev.vitrine.workflow.reconciliation.ReconciliationRequest;
import dev.vitrine.workflow.reconciliation.ReconciliationResult;
import dev.vitrine.workflow.reconciliation.ReconciliationWorkflow;
import io.temporal.workflow.Workflow;
import java.util.concurrent.BlockingQueue;

/** Notes that it was started; one that is to repeat itself stays open. */
final class RecordedReconciliation implements ReconciliationWorkflow {

  /** What one execution was started as. */
  record Pass(String workflowId, ReconciliationRequest request) {}

  private final BlockingQueue<Pass> passes;

  RecordedReconciliation(BlockingQueue<Pass> passes) {
    this.passes = passes;
  }

  @Override
  public ReconciliationResult reconcile(ReconciliationRequest request) {
    passes.add(new Pass(Workflow.getInfo().getWorkflowId(), request));
    Workflow.await(() -> request.repeatEvery() == null);
    return new ReconciliationResult(0, 0, 0, 0, 0, 0, 0);
  }
}
