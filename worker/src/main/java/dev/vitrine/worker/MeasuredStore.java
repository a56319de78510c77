package dev.vitrine.worker;

import dev.vitrine.error.VitrineException;
import dev.vitrine.store.Busy;
import dev.vitrine.store.Store;
import dev.vitrine.store.StoreReader;
import dev.vitrine.store.StoreWriter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long a store takes for each thing that it is asked, and its readers and writers with
 * it. What is measured can do what the store can, whatever its capabilities are: it has the same
 * interfaces. Safe for use by many threads.
 */
final class MeasuredStore implements InvocationHandler {

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

  private final Object measured;
  private final String store;
  private final MeterRegistry meters;

  private MeasuredStore(Object measured, String store, MeterRegistry meters) {
    this.measured = measured;
    this.store = store;
    this.meters = meters;
  }

  /** The same store, measured. */
  static Store of(Store store, MeterRegistry meters) {
    return (Store) measure(store, store.name(), meters);
  }

  private static Object measure(Object measured, String store, MeterRegistry meters) {
    Set<Class<?>> interfaces = new LinkedHashSet<>();
    collect(measured.getClass(), interfaces);
    return Proxy.newProxyInstance(
        MeasuredStore.class.getClassLoader(),
        interfaces.toArray(Class<?>[]::new),
        new MeasuredStore(measured, store, meters));
  }

  private static void collect(@Nullable Class<?> type, Set<Class<?>> into) {
    if (type == null) {
      return;
    }
    for (Class<?> each : type.getInterfaces()) {
      if (Modifier.isPublic(each.getModifiers())) {
        into.add(each);
      }
    }
    collect(type.getSuperclass(), into);
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    String name = method.getName();
    if (method.getDeclaringClass() == Object.class
        || UNMEASURED.contains(name)
        || (name.equals("size") && method.getParameterCount() == 0)) {
      return call(method, arguments);
    }
    long begun = System.nanoTime();
    String outcome = "succeeded";
    try {
      return measureToo(call(method, arguments));
    } catch (Throwable e) {
      outcome = isAnswer(e) ? "refused" : "failed";
      throw e;
    } finally {
      record(name, outcome, System.nanoTime() - begun);
    }
  }

  private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(measured, arguments);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      throw cause == null ? e : cause;
    }
  }

  private @Nullable Object measureToo(@Nullable Object result) {
    return result instanceof StoreReader || result instanceof StoreWriter
        ? measure(result, store, meters)
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
