package dev.vitrine.worker;

import dev.vitrine.http.RequestObserver;
import dev.vitrine.store.Store;
import dev.vitrine.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.temporal.common.interceptors.WorkerInterceptor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a worker is measured and traced.
 *
 * @param meters null for not measured
 */
record Metering(
    @Nullable MeterRegistry meters,
    RequestObserver requests,
    List<WorkerInterceptor> work,
    Tracing tracing) {

  /** Neither. */
  static final Metering NONE = new Metering(null, RequestObserver.NONE, List.of(), Tracing.NONE);

  /** Where people look for slow requests. */
  private static final Duration[] STEPS = {
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10)
  };

  /** The same store, measured and traced if anything is. */
  Store measured(Store store) {
    Store traced = tracing.traced(store);
    return meters == null ? traced : MeasuredStore.of(traced, meters);
  }

  /** The same, traced. */
  Metering traced(Tracing by) {
    return new Metering(meters, by.observing(requests), work, by);
  }

  static Metering by(MeterRegistry meters) {
    Timer.Builder timer =
        Timer.builder("vitrine.http.requests")
            .description("Requests, by the route that they took")
            .serviceLevelObjectives(STEPS);
    var requests = timer.withRegistry(meters);
    return new Metering(
        meters,
        (method, route, status, nanos) ->
            requests
                .withTags("method", method, "route", route, "status", Integer.toString(status))
                .record(nanos, TimeUnit.NANOSECONDS),
        List.of(new MeasuredWork(meters), new MeasuredFindings(meters)),
        Tracing.NONE);
  }
}
