package dev.vitrine.worker;

import dev.vitrine.error.VitrineException;
import dev.vitrine.store.Busy;
import dev.vitrine.store.Store;
import dev.vitrine.store.StoreProxy;
import dev.vitrine.store.StoreReader;
import dev.vitrine.store.StoreWriter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long a store takes for each thing that it is asked, and its readers and writers with
 * it. Safe for use by many threads.
 */
final class MeasuredStore implements StoreProxy.Calls {

  /** What asks nothing of a store, or is answered from memory. */
  private static final Set<String> UNMEASURED = Set.of("name", "token", "position", "close");

  /** From a local disk's answer to what somebody ought to look into. */
  private static final Duration[] STEPS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10)
  };

  private final String store;
  private final MeterRegistry meters;

  private MeasuredStore(String store, MeterRegistry meters) {
    this.store = store;
    this.meters = meters;
  }

  /** The same store, measured. */
  static Store of(Store store, MeterRegistry meters) {
    return StoreProxy.of(store, new MeasuredStore(store.name(), meters));
  }

  @Override
  public @Nullable Object call(Method method, Object @Nullable [] arguments, StoreProxy.Call next)
      throws Throwable {
    String name = method.getName();
    if (UNMEASURED.contains(name) || (name.equals("size") && method.getParameterCount() == 0)) {
      return next.proceed();
    }
    long begun = System.nanoTime();
    String outcome = "succeeded";
    try {
      return measureToo(next.proceed());
    } catch (Throwable e) {
      outcome = isAnswer(e) ? "refused" : "failed";
      throw e;
    } finally {
      record(name, outcome, System.nanoTime() - begun);
    }
  }

  private @Nullable Object measureToo(@Nullable Object result) {
    return result instanceof StoreReader || result instanceof StoreWriter
        ? StoreProxy.of(result, this)
        : result;
  }

  /** The store works, and says no: there is no such data, or another has the key. */
  private static boolean isAnswer(Throwable error) {
    return error instanceof VitrineException.NotFound
        || error instanceof VitrineException.Conflict
        || error instanceof VitrineException.Invalid
        || Busy.isCauseOf(error);
  }

  private void record(String operation, String outcome, long nanos) {
    Timer.builder("vitrine.store.operations")
        .description("What stores are asked, and how long they take")
        .serviceLevelObjectives(STEPS)
        .tag("store", store)
        .tag("operation", operation)
        .tag("outcome", outcome)
        .register(meters)
        .record(nanos, TimeUnit.NANOSECONDS);
  }
}
