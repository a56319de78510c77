package dev.vitrine.tracing;

import dev.vitrine.http.RequestObserver;
import dev.vitrine.http.RequestSpan;
import dev.vitrine.thread.LogKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A span for each request, which goes on what its {@code traceparent} says, if that is one. */
record RequestSpans(Spans spans, RequestObserver others) implements RequestObserver {

  private static final int FAULT_OF_OURS = 500;

  @Override
  public RequestSpan begun(String requestId, Function<String, @Nullable String> headers) {
    TraceParent caller = TraceParent.read(headers.apply("traceparent")).orElse(null);
    // Its name is known once its route is.
    Span span = spans.begin("HTTP", SpanKind.SERVER, caller);
    span.setAttribute(Spans.REQUEST, requestId);
    return new Begun(span);
  }

  @Override
  public void over(String method, String route, int status, long nanos) {
    others.over(method, route, status, nanos);
  }

  private record Begun(Span span) implements RequestSpan {

    @Override
    public String traceParent() {
      return Spans.parent(span).text();
    }

    @Override
    public void over(String method, String route, Map<LogKey, String> about, int status) {
      span.updateName(method + " " + route);
      span.setAttribute(Spans.METHOD, method);
      span.setAttribute(Spans.ROUTE, route);
      span.setAttribute(Spans.STATUS, (long) status);
      Spans.about(span, Spans.IMAGE, about.get(LogKey.IMAGE));
      Spans.about(span, Spans.TASK, about.get(LogKey.TASK));
      if (status >= FAULT_OF_OURS) {
        span.setStatus(StatusCode.ERROR);
        span.setAttribute(Spans.ERROR, Integer.toString(status));
      }
      span.end();
    }
  }
}
