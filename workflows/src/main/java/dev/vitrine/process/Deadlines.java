package dev.vitrine.process;

import dev.vitrine.thread.DaemonThreads;
import io.grpc.Context;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** How long callers are kept waiting for an answer that takes a worker. */
final class Deadlines {

  /** What takes no worker, the server answers within milliseconds, or it is away. */
  static final Duration FOR_THE_SERVER = Duration.ofSeconds(5);

  /** The same for what need not be waited for, because somebody else sees to it later. */
  static final Duration FOR_A_COURTESY = Duration.ofSeconds(2);

  /** A worker that is there takes a step up within milliseconds. */
  static final Duration FOR_A_WORKER = Duration.ofSeconds(10);

  /** What a worker has taken up may wait for a transfer to stop, or for the registry. */
  static final Duration FOR_AN_ANSWER = Duration.ofMinutes(1);

  private static final ScheduledThreadPoolExecutor CLOCK = clock();

  private Deadlines() {}

  /** Calls Temporal; the call fails with a gRPC status once the time is over. */
  static <T> T within(Duration limit, Supplier<T> call) {
    Context.CancellableContext context =
        Context.current().withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS, CLOCK);
    Context before = context.attach();
    try {
      return call.get();
    } finally {
      context.detach(before);
      context.close();
    }
  }

  private static ScheduledThreadPoolExecutor clock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(1, DaemonThreads.named("vitrine-deadlines"));
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }
}
