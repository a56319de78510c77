package dev.vitrine.workflow.verification;

import dev.vitrine.workflow.WorkflowIds;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Goes through all that the registry knows to be in the stores, and through all that the stores
 * have: for what is wrong, what is missing, and what no row knows. Its id begins with {@link
 * WorkflowIds#sweep}.
 */
@WorkflowInterface
public interface StoreSweepWorkflow {

  /** What is found is a result and no failure; nothing is changed but where the order says so. */
  @WorkflowMethod(name = "StoreSweep")
  SweepResult sweep(SweepRun run);
}
