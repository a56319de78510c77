package dev.vitrine.tracing;

import dev.vitrine.store.Store;
import dev.vitrine.store.StoreProxy;
import dev.vitrine.store.StoreReader;
import dev.vitrine.store.StoreWriter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A span for each write, from the beginning of the data or its resumption to its publication; for
 * each read, from its opening to its close; for each copy and each deletion. What is asked beside
 * that is brief. The store can do what it could. Safe for use by many threads.
 */
record TracedStore(Spans spans, Store store) implements StoreProxy.Calls {

  /** The same store, traced. */
  static Store of(Store store, Spans spans) {
    return StoreProxy.of(store, new TracedStore(spans, store));
  }

  @Override
  public @Nullable Object call(Method method, Object @Nullable [] arguments, StoreProxy.Call next)
      throws Throwable {
    return switch (method.getName()) {
      case "create", "resume" -> begin("write", next);
      case "open", "reader" -> begin("read", next);
      case "copy", "delete" -> brief(method.getName(), next);
      default -> next.proceed();
    };
  }

  private Span span(String operation) {
    Span span = spans.begin("store " + operation, SpanKind.CLIENT, TraceParent.current());
    span.setAttribute(Spans.STORE, store.name());
    return span;
  }

  private @Nullable Object brief(String operation, StoreProxy.Call next) throws Throwable {
    Span span = span(operation);
    try {
      return next.proceed();
    } catch (Throwable e) {
      Spans.fail(span, e);
      throw e;
    } finally {
      span.end();
    }
  }

  private @Nullable Object begin(String operation, StoreProxy.Call next) throws Throwable {
    DataSpan span = new DataSpan(span(operation));
    try {
      Object opened = next.proceed();
      if (opened instanceof StoreWriter writer) {
        return StoreProxy.of(writer, new Writing(span));
      }
      if (opened instanceof StoreReader reader) {
        return StoreProxy.of(reader, new Reading(span));
      }
      return opened instanceof InputStream stream ? new TracedStream(stream, span) : opened;
    } catch (Throwable e) {
      span.end(e);
      throw e;
    }
  }

  /** The calls of a writer. */
  private record Writing(DataSpan span) implements StoreProxy.Calls {

    @Override
    public @Nullable Object call(Method method, Object @Nullable [] arguments, StoreProxy.Call next)
        throws Throwable {
      boolean ends =
          switch (method.getName()) {
            case "publish", "discard", "close" -> true;
            default -> false;
          };
      try {
        Object result;
        if (method.getName().equals("write")
            && arguments != null
            && arguments[0] instanceof ByteBuffer data) {
          int given = data.remaining();
          result = next.proceed();
          span.moved(given - data.remaining());
        } else {
          result = next.proceed();
        }
        if (ends) {
          span.end(null);
        }
        return result;
      } catch (Throwable e) {
        span.failed(e);
        if (ends) {
          span.end(e);
        }
        throw e;
      }
    }
  }

  /** The calls of a reader. */
  private record Reading(DataSpan span) implements StoreProxy.Calls {

    @Override
    public @Nullable Object call(Method method, Object @Nullable [] arguments, StoreProxy.Call next)
        throws Throwable {
      try {
        Object result = next.proceed();
        if (method.getName().equals("read") && result instanceof Integer read) {
          span.moved(read);
        } else if (method.getName().equals("close")) {
          span.end(null);
        }
        return result;
      } catch (Throwable e) {
        span.failed(e);
        throw e;
      }
    }
  }
}
