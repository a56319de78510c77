package dev.vitrine.transfer;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How often each transfer of this process heartbeats: seldom enough that all of them together stay
 * below a rate, often enough that the server takes none for dead. Safe for use by many threads.
 */
final class Pace {

  /** Of the heartbeat timeout; what is left is for a heartbeat that is late. */
  private static final double OF_TIMEOUT = 0.8;

  private final Duration least;
  private final int perSecond;
  private final AtomicInteger transfers = new AtomicInteger();
  private volatile boolean hurried;

  /**
   * @param least between two heartbeats of one transfer
   * @param perSecond heartbeats of all transfers together
   */
  Pace(Duration least, int perSecond) {
    this.least = least;
    this.perSecond = perSecond;
  }

  /** One more heartbeats. */
  void begins() {
    transfers.incrementAndGet();
  }

  /** One less. */
  void ends() {
    transfers.decrementAndGet();
  }

  /**
   * From now on each is due all the time: a worker that stops answers the next heartbeat with it,
   * without asking the server.
   */
  void hurry() {
    hurried = true;
  }

  /**
   * Nanoseconds between two heartbeats of one transfer at present.
   *
   * @param timeout after which the server takes the transfer for dead; zero for never
   */
  long interval(Duration timeout) {
    if (hurried) {
      return 0;
    }
    long shared = transfers.get() * 1_000_000_000L / perSecond;
    long most = timeout.isZero() ? Long.MAX_VALUE : (long) (timeout.toNanos() * OF_TIMEOUT);
    return Math.min(Math.max(least.toNanos(), shared), most);
  }
}
