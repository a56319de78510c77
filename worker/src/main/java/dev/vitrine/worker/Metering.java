package dev.vitrine.worker;

import dev.vitrine.http.RequestObserver;
import dev.vitrine.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.temporal.common.interceptors.WorkerInterceptor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a worker is measured.
 *
 * @param meters null for not at all
 */
record Metering(
    @Nullable MeterRegistry meters, RequestObserver requests, List<WorkerInterceptor> work) {

  /** Not measured. */
  static final Metering NONE = new Metering(null, RequestObserver.NONE, List.of());

  /** Where people look for slow requests. */
  private static final Duration[] STEPS = {
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10)
  };

  /** The same store, measured if anything is. */
  Store measured(Store store) {
    return meters == null ? store : MeasuredStore.of(store, meters);
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
        List.of(new MeasuredWork(meters), new MeasuredFindings(meters)));
  }
}
