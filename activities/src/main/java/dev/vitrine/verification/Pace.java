package dev.vitrine.verification;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A rate that is kept on average: whoever reads says how much it was, and waits if that was too
 * soon. For one thread.
 */
final class Pace {

  /** Lets time pass. */
  interface Pause {
    void nanos(long nanos) throws InterruptedException;
  }

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final long bytesPerSecond;
  private final LongSupplier clock;
  private final Pause pause;
  private long due;

  /**
   * @param bytesPerSecond at most; 0 for as fast as it goes
   */
  Pace(long bytesPerSecond) {
    this(bytesPerSecond, System::nanoTime, TimeUnit.NANOSECONDS::sleep);
  }

  Pace(long bytesPerSecond, LongSupplier clock, Pause pause) {
    this.bytesPerSecond = bytesPerSecond;
    this.clock = clock;
    this.pause = pause;
    this.due = clock.getAsLong();
  }

  /** So many bytes were read: waits until that is within the rate. */
  void read(long bytes) throws InterruptedException {
    if (bytesPerSecond <= 0) {
      return;
    }
    long now = clock.getAsLong();
    // What was not read in time is not made up for later: a rate has no credit.
    due = Math.max(due, now - SECOND) + (long) ((double) bytes / bytesPerSecond * SECOND);
    if (due > now) {
      pause.nanos(due - now);
    }
  }
}
