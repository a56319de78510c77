package dev.vitrine.database;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs which transactions and reads took longer than a limit. It is told after they have given
 * their connection back, so that a log that blocks holds none.
 *
 * @param limitNanos 0 to log none
 * @param nanoTime a clock that only goes on, in nanoseconds
 */
record SlowTransactions(long limitNanos, LongSupplier nanoTime) {

  private static final Logger log = LoggerFactory.getLogger(SlowTransactions.class);

  SlowTransactions(Duration limit, LongSupplier nanoTime) {
    this(limit.toNanos(), nanoTime);
  }

  /** The moment that {@link #ended} asks for. */
  long begun() {
    return limitNanos == 0 ? 0 : nanoTime.getAsLong();
  }

  /**
   * @param name what it does
   * @param begun when it was asked for: the wait for a connection counts
   * @param attempts how often it ran
   */
  void ended(String name, long begun, int attempts) {
    if (limitNanos == 0) {
      return;
    }
    long took = nanoTime.getAsLong() - begun;
    if (took > limitNanos) {
      log.info(
          "slow transaction '{}': {} ms, attempts {}",
          name,
          TimeUnit.NANOSECONDS.toMillis(took),
          attempts);
    }
  }
}
