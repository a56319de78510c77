package dev.vitrine.tracing;

import dev.vitrine.thread.LogContext;
import io.temporal.common.interceptors.Header;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptorBase;
import org.jspecify.annotations.Nullable;

/**
 * Hands what a workflow's start said of its trace to its activities, its children and the run that
 * continues it. That is the same at every replay, since it is in the history, and no command
 * differs by it.
 */
final class CarriedTrace extends WorkflowInboundCallsInterceptorBase {

  private @Nullable TraceParent start;

  CarriedTrace(WorkflowInboundCallsInterceptor next) {
    super(next);
  }

  @Override
  public void init(WorkflowOutboundCallsInterceptor calls) {
    super.init(new Carrier(calls));
  }

  @Override
  public WorkflowOutput execute(WorkflowInput input) {
    TraceParent given = TraceHeader.read(input.getHeader());
    start = given;
    return given == null
        ? super.execute(input)
        : LogContext.during(given.about(), () -> super.execute(input));
  }

  private Header with(Header header) {
    return start == null ? header : TraceHeader.with(header, start);
  }

  private final class Carrier extends WorkflowOutboundCallsInterceptorBase {

    private Carrier(WorkflowOutboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public <R> ActivityOutput<R> executeActivity(ActivityInput<R> input) {
      return super.executeActivity(
          new ActivityInput<>(
              input.getActivityName(),
              input.getResultClass(),
              input.getResultType(),
              input.getArgs(),
              input.getOptions(),
              with(input.getHeader())));
    }

    @Override
    public <R> LocalActivityOutput<R> executeLocalActivity(LocalActivityInput<R> input) {
      return super.executeLocalActivity(
          new LocalActivityInput<>(
              input.getActivityName(),
              input.getResultClass(),
              input.getResultType(),
              input.getArgs(),
              input.getOptions(),
              with(input.getHeader())));
    }

    @Override
    public <R> ChildWorkflowOutput<R> executeChildWorkflow(ChildWorkflowInput<R> input) {
      return super.executeChildWorkflow(
          new ChildWorkflowInput<>(
              input.getWorkflowId(),
              input.getWorkflowType(),
              input.getResultClass(),
              input.getResultType(),
              input.getArgs(),
              input.getOptions(),
              with(input.getHeader())));
    }

    @Override
    public void continueAsNew(ContinueAsNewInput input) {
      super.continueAsNew(
          new ContinueAsNewInput(
              input.getWorkflowType(),
              input.getOptions(),
              input.getArgs(),
              with(input.getHeader())));
    }
  }
}
