package dev.vitrine.tracing;

import dev.vitrine.thread.LogContext;
import dev.vitrine.workflow.WorkflowIds;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.temporal.common.interceptors.WorkflowClientCallsInterceptor;
import io.temporal.common.interceptors.WorkflowClientCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowClientInterceptorBase;
import java.util.function.Function;

/** A span for each start of a workflow, which what the workflow does belongs to. */
final class StartSpans extends WorkflowClientInterceptorBase {

  private final Spans spans;

  StartSpans(Spans spans) {
    this.spans = spans;
  }

  @Override
  public WorkflowClientCallsInterceptor workflowClientCallsInterceptor(
      WorkflowClientCallsInterceptor next) {
    return new WorkflowClientCallsInterceptorBase(next) {
      @Override
      public WorkflowStartOutput start(WorkflowStartInput input) {
        return during(input, super::start);
      }

      @Override
      public WorkflowSignalWithStartOutput signalWithStart(WorkflowSignalWithStartInput input) {
        return during(
            input.getWorkflowStartInput(),
            start ->
                super.signalWithStart(
                    new WorkflowSignalWithStartInput(
                        start, input.getSignalName(), input.getSignalArguments())));
      }

      @Override
      public <R> WorkflowUpdateWithStartOutput<R> updateWithStart(
          WorkflowUpdateWithStartInput<R> input) {
        return during(
            input.getWorkflowStartInput(),
            start ->
                super.updateWithStart(
                    new WorkflowUpdateWithStartInput<>(start, input.getStartUpdateInput())));
      }
    };
  }

  private <R> R during(
      WorkflowClientCallsInterceptor.WorkflowStartInput input,
      Function<WorkflowClientCallsInterceptor.WorkflowStartInput, R> start) {
    String id = input.getWorkflowId();
    Span span =
        spans.begin(
            "StartWorkflow:" + input.getWorkflowType(), SpanKind.CLIENT, TraceParent.current());
    TraceParent parent = Spans.parent(span);
    span.setAttribute(Spans.WORKFLOW, id);
    Spans.about(span, Spans.IMAGE, WorkflowIds.imageOf(id).orElse(null));
    Spans.about(span, Spans.TASK, WorkflowIds.taskOf(id).orElse(null));
    try {
      return LogContext.during(
          parent.about(),
          () ->
              start.apply(
                  new WorkflowClientCallsInterceptor.WorkflowStartInput(
                      id,
                      input.getWorkflowType(),
                      TraceHeader.with(input.getHeader(), parent),
                      input.getArguments(),
                      input.getOptions())));
    } catch (RuntimeException | Error e) {
      Spans.fail(span, e);
      throw e;
    } finally {
      span.end();
    }
  }
}
