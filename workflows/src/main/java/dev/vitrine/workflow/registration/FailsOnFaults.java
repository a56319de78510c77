package dev.vitrine.workflow.registration;

import dev.vitrine.workflow.Faults;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;

/**
 * Fails workflows and updates on whatever exception comes out of them, by {@link Faults}. Belongs
 * to every worker that runs {@link VitrineWorkflows}.
 */
public final class FailsOnFaults extends WorkerInterceptorBase {

  @Override
  public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
    return new WorkflowInboundCallsInterceptorBase(next) {
      @Override
      public WorkflowOutput execute(WorkflowInput input) {
        try {
          return super.execute(input);
        } catch (RuntimeException e) {
          throw Faults.failure(e);
        }
      }

      @Override
      public UpdateOutput executeUpdate(UpdateInput input) {
        try {
          return super.executeUpdate(input);
        } catch (RuntimeException e) {
          throw Faults.failure(e);
        }
      }
    };
  }
}
