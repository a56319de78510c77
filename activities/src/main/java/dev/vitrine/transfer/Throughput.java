package dev.vitrine.transfer;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How fast data has come in over the last ten seconds, and how long ago the last of it did. Safe
 * for use by many threads.
 */
final class Throughput {

  private static final int WINDOW_SECONDS = 10;

  private final LongSupplier nanoTime;
  private final long[] bytes = new long[WINDOW_SECONDS];
  private final long[] seconds = new long[WINDOW_SECONDS];
  private final long began;
  private long last;
  private long total;

  Throughput(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.began = nanoTime.getAsLong();
    this.last = began;
  }

  /** So much has come. */
  synchronized void count(long came) {
    last = nanoTime.getAsLong();
    long second = second(last);
    int slot = (int) (second % WINDOW_SECONDS);
    if (seconds[slot] != second) {
      seconds[slot] = second;
      bytes[slot] = 0;
    }
    bytes[slot] += came;
    total += came;
  }

  /** Over the last ten seconds, or since the beginning if that was later. */
  synchronized long bytesPerSecond() {
    long now = nanoTime.getAsLong();
    long second = second(now);
    long sum = 0;
    for (int slot = 0; slot < WINDOW_SECONDS; slot++) {
      if (second - seconds[slot] < WINDOW_SECONDS) {
        sum += bytes[slot];
      }
    }
    // The present second is one of the ten, as far as it has come.
    long whole = Math.min(second, WINDOW_SECONDS - 1);
    double window = whole + (now - began) / 1e9 - second;
    return (long) (sum / Math.max(window, 1));
  }

  /** Bytes that have come. */
  synchronized long total() {
    return total;
  }

  /** Since something came, or since the beginning. */
  synchronized Duration sinceLast() {
    return Duration.ofNanos(nanoTime.getAsLong() - last);
  }

  private long second(long at) {
    return TimeUnit.NANOSECONDS.toSeconds(at - began);
  }
}
