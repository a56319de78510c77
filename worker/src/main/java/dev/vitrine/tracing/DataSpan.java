package dev.vitrine.tracing;

import io.opentelemetry.api.trace.Span;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The span of data that is written or read in many calls. Thread-safe. */
final class DataSpan {

  private final Span span;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile @Nullable Throwable failure;

  DataSpan(Span span) {
    this.span = span;
  }

  /** So many bytes more; what is not positive says that there are none. */
  void moved(long more) {
    if (more > 0) {
      bytes.addAndGet(more);
    }
  }

  /** A call failed; others may follow. */
  void failed(Throwable error) {
    failure = error;
  }

  /** The first call ends it: there is a close after each publication. */
  void end(@Nullable Throwable error) {
    if (ended.getAndSet(true)) {
      return;
    }
    Throwable reason = error == null ? failure : error;
    if (reason != null) {
      Spans.fail(span, reason);
    }
    span.setAttribute(Spans.BYTES, bytes.get());
    span.end();
  }
}
