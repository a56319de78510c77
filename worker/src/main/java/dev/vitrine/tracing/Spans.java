package dev.vitrine.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.temporal.failure.ApplicationFailure;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Begins spans, and knows what is said in them. That is words of ours, numbers and ids that have
 * the form of one: never a message, a URL or what else somebody said, for that could be a secret,
 * and of any length. Thread-safe.
 */
record Spans(Tracer tracer) {

  static final AttributeKey<String> IMAGE = AttributeKey.stringKey("vitrine.image_id");
  static final AttributeKey<String> TASK = AttributeKey.stringKey("vitrine.task_id");
  static final AttributeKey<String> REQUEST = AttributeKey.stringKey("vitrine.request_id");
  static final AttributeKey<String> STORE = AttributeKey.stringKey("vitrine.store");
  static final AttributeKey<Long> BYTES = AttributeKey.longKey("vitrine.bytes");
  static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("vitrine.attempt");

  /** As Temporal's own interceptors call them. */
  static final AttributeKey<String> WORKFLOW = AttributeKey.stringKey("temporalWorkflowID");

  static final AttributeKey<String> RUN = AttributeKey.stringKey("temporalRunID");

  static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
  static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

  private static final Pattern ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /**
   * Begins one.
   *
   * @param parent null for the first one of a trace
   */
  Span begin(String name, SpanKind kind, @Nullable TraceParent parent) {
    SpanBuilder span = tracer.spanBuilder(name).setSpanKind(kind);
    if (parent == null) {
      span.setNoParent();
    } else {
      span.setParent(Context.root().with(Span.wrap(context(parent))));
    }
    return span.startSpan();
  }

  private static SpanContext context(TraceParent parent) {
    return SpanContext.createFromRemoteParent(
        parent.traceId(),
        parent.spanId(),
        parent.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
        TraceState.getDefault());
  }

  /** How others are told of a span. */
  static TraceParent parent(Span span) {
    SpanContext context = span.getSpanContext();
    return new TraceParent(context.getTraceId(), context.getSpanId(), context.isSampled());
  }

  /** Says which image or task it is about, if that is the id of one. */
  static void about(Span span, AttributeKey<String> what, @Nullable String id) {
    if (id != null && ID.matcher(id).matches()) {
      span.setAttribute(what, id);
    }
  }

  /** Says that it failed, and by which kind of error. */
  static void fail(Span span, Throwable error) {
    span.setStatus(StatusCode.ERROR);
    span.setAttribute(ERROR, type(error));
  }

  /** The kind of an error: where workflows tell them apart by a type, that. */
  static String type(Throwable error) {
    return error instanceof ApplicationFailure failure
        ? failure.getType()
        : error.getClass().getSimpleName();
  }
}
