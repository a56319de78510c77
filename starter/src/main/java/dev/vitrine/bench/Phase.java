package dev.vitrine.bench;

import org.jspecify.annotations.Nullable;

/**
 * What one part of a measurement took.
 *
 * @param seconds by the clock on the wall
 * @param cpuSeconds of the process or thread that is measured; null if it is not known
 * @param amount bytes or calls, at least 1
 */
record Phase(double seconds, @Nullable Double cpuSeconds, long amount) {

  private static final double MEGA = 1e6;
  private static final double GIGA = 1e9;
  private static final double MILLI = 1e3;

  Phase {
    if (amount < 1) {
      throw new IllegalArgumentException("nothing was measured");
    }
  }

  /** The same with CPU that others took for it. */
  Phase plusCpu(double seconds) {
    return new Phase(this.seconds, cpuSeconds == null ? seconds : cpuSeconds + seconds, amount);
  }

  /** Calls a second. */
  double perSecond() {
    return amount / seconds;
  }

  /** Of one call. */
  double milliseconds() {
    return seconds * MILLI / amount;
  }

  /** Millions of bytes a second. */
  double megabytesPerSecond() {
    return amount / MEGA / seconds;
  }

  /** CPU seconds for a thousand million bytes. */
  @Nullable Double cpuPerGigabyte() {
    return cpuSeconds == null ? null : cpuSeconds * GIGA / amount;
  }

  /** CPU milliseconds of one call. */
  @Nullable Double cpuMilliseconds() {
    return cpuSeconds == null ? null : cpuSeconds * MILLI / amount;
  }
}
