package dev.vitrine.worker;

import dev.vitrine.activity.StoresTransferred;
import dev.vitrine.activity.TransferHeartbeat;
import dev.vitrine.activity.Transferred;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityWorkerShutdownException;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Counts attempts to move and remove data, how long they take, and what comes of them. */
final class MeasuredWork extends WorkerInterceptorBase {

  /** The activity types that move or remove data, and the words for them. */
  private static final Map<String, String> KINDS =
      Map.of(
          "Transfer", "store",
          "TransferToStores", "store",
          "ExportImage", "export",
          "RemoveLocation", "remove");

  private final MeterRegistry meters;
  private final Map<String, AtomicInteger> active = new ConcurrentHashMap<>();

  MeasuredWork(MeterRegistry meters) {
    this.meters = meters;
    for (String kind : KINDS.values()) {
      active.computeIfAbsent(
          kind,
          word ->
              meters.gauge(
                  "vitrine.transfers.active", List.of(Tag.of("kind", word)), new AtomicInteger()));
    }
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new ActivityInboundCallsInterceptorBase(next) {
      private String kind = "";
      private boolean resumed;

      @Override
      public void init(ActivityExecutionContext context) {
        kind = KINDS.getOrDefault(context.getInfo().getActivityType(), "");
        if (!kind.isEmpty()) {
          Optional<TransferHeartbeat> last = context.getHeartbeatDetails(TransferHeartbeat.class);
          resumed = last.map(TransferHeartbeat::bytes).orElse(0L) > 0;
        }
        super.init(context);
      }

      @Override
      public ActivityOutput execute(ActivityInput input) {
        return kind.isEmpty()
            ? super.execute(input)
            : measure(kind, resumed, () -> super.execute(input));
      }
    };
  }

  private ActivityInboundCallsInterceptor.ActivityOutput measure(
      String kind, boolean resumed, Supplier<ActivityInboundCallsInterceptor.ActivityOutput> work) {
    AtomicInteger running = Objects.requireNonNull(active.get(kind));
    long begun = System.nanoTime();
    running.incrementAndGet();
    if (resumed) {
      Counter.builder("vitrine.transfers.resumed")
          .description("Attempts that went on where another one had stopped")
          .tag("kind", kind)
          .register(meters)
          .increment();
    }
    String outcome = "failed";
    try {
      ActivityInboundCallsInterceptor.ActivityOutput output = work.get();
      outcome = "succeeded";
      count(kind, output.getResult());
      return output;
    } catch (RuntimeException e) {
      outcome = outcome(e);
      throw e;
    } finally {
      running.decrementAndGet();
      Timer.builder("vitrine.transfers")
          .description("Attempts to move or remove data")
          .tag("kind", kind)
          .tag("outcome", outcome)
          .register(meters)
          .record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
    }
  }

  private void count(String kind, Object result) {
    long bytes =
        result instanceof Transferred one
            ? one.moved()
            : result instanceof StoresTransferred many ? many.size() : 0;
    if (bytes > 0) {
      Counter.builder("vitrine.transferred")
          .description("Bytes of the data that transfers have completed")
          .baseUnit("bytes")
          .tag("kind", kind)
          .register(meters)
          .increment((double) bytes);
    }
  }

  private static String outcome(RuntimeException e) {
    Throwable cause = e.getCause() instanceof ActivityCompletionException told ? told : e;
    if (cause instanceof ActivityWorkerShutdownException) {
      return "handed_over";
    }
    if (cause instanceof ActivityCompletionException) {
      return "stopped";
    }
    return cause instanceof ApplicationFailure failure && !failure.isNonRetryable()
        ? "retried"
        : "failed";
  }
}
