package dev.vitrine.worker;

import io.temporal.worker.WorkerFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Ends workers so that long work is handed over fast and short work finishes.
 *
 * <p>Everybody stops taking work first. From then on the heartbeat of what can be handed over
 * throws, which is the gentle way to notice; whoever sits in a read, where nothing heartbeats, is
 * interrupted a second later. Everything else gets the grace before it is interrupted too. The
 * results are reported before this returns, so that the server starts the next attempt at once and
 * not after the heartbeat timeout.
 */
final class GracefulStop {

  /** How long a transfer may take to notice by itself, and a brief removal to finish. */
  private static final Duration TO_NOTICE = Duration.ofSeconds(1);

  /** How long interrupted work may take to say so to the server. */
  private static final Duration TO_REPORT = Duration.ofSeconds(5);

  private GracefulStop() {}

  /**
   * Ends them; returns when all have ended, or have been given up.
   *
   * @param handedOver whose work another process goes on with
   * @param finished whose work is to be finished
   * @param grace for the latter
   */
  static void stop(List<WorkerFactory> handedOver, List<WorkerFactory> finished, Duration grace) {
    handedOver.forEach(WorkerFactory::shutdown);
    finished.forEach(WorkerFactory::shutdown);
    long start = System.nanoTime();
    await(handedOver, start, TO_NOTICE.compareTo(grace) < 0 ? TO_NOTICE : grace);
    handedOver.forEach(WorkerFactory::shutdownNow);
    await(finished, start, grace);
    finished.stream()
        .filter(Predicate.not(WorkerFactory::isTerminated))
        .forEach(WorkerFactory::shutdownNow);
    long interrupted = System.nanoTime();
    await(handedOver, interrupted, TO_REPORT);
    await(finished, interrupted, TO_REPORT);
  }

  private static void await(List<WorkerFactory> factories, long since, Duration patience) {
    for (WorkerFactory factory : factories) {
      long left = patience.toNanos() - (System.nanoTime() - since);
      factory.awaitTermination(Math.max(0, left), TimeUnit.NANOSECONDS);
    }
  }
}
