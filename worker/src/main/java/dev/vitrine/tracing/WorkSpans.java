package dev.vitrine.tracing;

import dev.vitrine.thread.LogContext;
import dev.vitrine.thread.LogKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.client.ActivityCompletionException;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A span for each attempt of an activity. Workflows have none: their code runs again at every
 * replay, and only hands on what it was started with.
 */
final class WorkSpans extends WorkerInterceptorBase {

  private final Spans spans;

  WorkSpans(Spans spans) {
    this.spans = spans;
  }

  @Override
  public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
    return new CarriedTrace(next);
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new ActivityInboundCallsInterceptorBase(next) {
      private @Nullable ActivityInfo info;

      @Override
      public void init(ActivityExecutionContext context) {
        info = context.getInfo();
        super.init(context);
      }

      @Override
      public ActivityOutput execute(ActivityInput input) {
        return info == null
            ? super.execute(input)
            : during(info, TraceHeader.read(input.getHeader()), () -> super.execute(input));
      }
    };
  }

  private <R> R during(ActivityInfo info, @Nullable TraceParent parent, Supplier<R> work) {
    Span span = spans.begin("RunActivity:" + info.getActivityType(), SpanKind.SERVER, parent);
    span.setAttribute(Spans.WORKFLOW, info.getWorkflowId());
    span.setAttribute(Spans.RUN, info.getWorkflowRunId());
    span.setAttribute(Spans.ATTEMPT, (long) info.getAttempt());
    Map<LogKey, String> about = LogContext.present();
    Spans.about(span, Spans.IMAGE, about.get(LogKey.IMAGE));
    Spans.about(span, Spans.TASK, about.get(LogKey.TASK));
    try {
      return LogContext.during(Spans.parent(span).about(), work);
    } catch (RuntimeException | Error e) {
      Throwable told = e.getCause() instanceof ActivityCompletionException cause ? cause : e;
      if (told instanceof ActivityCompletionException) {
        // Handed over, cancelled or written off: it did what it was told.
        span.setAttribute(Spans.ERROR, Spans.type(told));
      } else {
        Spans.fail(span, e);
      }
      throw e;
    } finally {
      span.end();
    }
  }
}
