package dev.vitrine.tracing;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.http.RequestObserver;
import dev.vitrine.store.Store;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.common.interceptors.WorkflowClientInterceptor;
import java.util.List;
import java.util.Map;

/**
 * How what a process does becomes spans. The span that a thread works for is named by what its log
 * lines are about ({@link dev.vitrine.thread.LogKey#TRACE}), and goes with that from one thread to
 * the next; to other processes it goes in headers. Thread-safe.
 *
 * <p>Nothing waits for a span to be sent: what does not fit the queue of a collector that is slow
 * or away is lost.
 */
public interface Tracing extends AutoCloseable {

  /** No spans; none of OpenTelemetry's classes is loaded. */
  Tracing NONE = new NoTracing();

  /**
   * Sends spans to a collector by OTLP, as the standard variables {@code OTEL_…} say.
   *
   * @param environment the variables; a system property of the same meaning comes before each
   * @param about what the process says of itself, by names of resource attributes; the variables
   *     have the last word
   * @throws Invalid if a variable is wrong
   */
  static Tracing otlp(Map<String, String> environment, Map<String, String> about) {
    return ExportedTracing.otlp(environment, about);
  }

  /** The observer, with a span for each request. */
  RequestObserver observing(RequestObserver requests);

  /**
   * For workers: a span for each attempt of an activity, and what carries the trace through
   * workflows. To be asked by what says what log lines are about, not the other way round.
   */
  List<WorkerInterceptor> work();

  /** For clients: a span for each start of a workflow, and what hands the trace to it. */
  List<WorkflowClientInterceptor> starts();

  /** The same store, with a span for each write, read, deletion and copy. */
  Store traced(Store store);

  /** Sends what is left, for two seconds at most, and ends. The second call does nothing. */
  @Override
  void close();
}
