package dev.vitrine.workflow.reconciliation;

import io.temporal.workflow.Workflow;

/** One pass, or one after the other. */
public final class ReconciliationWorkflowImpl implements ReconciliationWorkflow {

  /**
   * Releases before it scanned in one step, and settled one by one, each until it was done: their
   * passes that are under way end as they began.
   */
  private static final String IN_STRETCHES = "reconciliation-in-stretches";

  @Override
  public ReconciliationResult reconcile(ReconciliationRequest request) {
    ReconciliationResult result =
        Workflow.getVersion(IN_STRETCHES, Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION
            ? new FormerPass().make()
            : pass(request);
    Workflow.setCurrentDetails("- last pass: " + result);
    if (request.repeatEvery() != null) {
      Workflow.sleep(request.repeatEvery());
      Workflow.continueAsNew(request.after(result));
    }
    return result;
  }

  private static ReconciliationResult pass(ReconciliationRequest request) {
    ReconciliationPass pass = new ReconciliationPass(request.interval());
    ReconciliationResult last = Workflow.getLastCompletionResult(ReconciliationResult.class);
    if (last != null) {
      pass.forget(last);
    }
    return pass.make(last == null ? request.next() : last.next());
  }
}
