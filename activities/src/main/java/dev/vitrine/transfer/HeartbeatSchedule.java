package dev.vitrine.transfer;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * How often each transfer of this process heartbeats: seldom enough that all of them together stay
 * below a rate, often enough that the server takes none for dead. Safe for use by many threads.
 */
final class HeartbeatSchedule {

  /** Of the heartbeat timeout; what is left is for a heartbeat that is late. */
  private static final double OF_TIMEOUT = 0.8;

  private static final long SECOND = 1_000_000_000L;

  private final Duration least;
  private final int perSecond;
  private final LongSupplier nanoTime;
  private final AtomicInteger transfers = new AtomicInteger();
  private volatile boolean hurried;
  private long nextTurn;

  /**
   * @param least between two heartbeats of one transfer
   * @param perSecond heartbeats of all transfers together
   */
  HeartbeatSchedule(Duration least, int perSecond, LongSupplier nanoTime) {
    this.least = least;
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
    this.nextTurn = nanoTime.getAsLong();
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
   * Whether one heartbeats now. Those that began together take turns, and none waits for its own
   * for longer than the server lets it.
   *
   * @param last when it did last, in the terms of the clock
   * @param timeout after which the server takes it for dead; zero for never
   * @param tick how often it asks
   */
  boolean isDue(long last, Duration timeout, Duration tick) {
    long since = nanoTime.getAsLong() - last + tick.toNanos() / 2;
    long most = timeout.isZero() ? Long.MAX_VALUE : (long) (timeout.toNanos() * OF_TIMEOUT);
    long shared = transfers.get() * SECOND / perSecond;
    boolean wanted = since >= Math.min(Math.max(least.toNanos(), shared), most);
    return hurried || (wanted && (hasTurn() || since >= most));
  }

  /** Turns of up to a second are saved up, because many ask at the same moment. */
  private synchronized boolean hasTurn() {
    long now = nanoTime.getAsLong();
    if (now - nextTurn < 0) {
      return false;
    }
    nextTurn = (now - nextTurn > SECOND ? now - SECOND : nextTurn) + SECOND / perSecond;
    return true;
  }
}
