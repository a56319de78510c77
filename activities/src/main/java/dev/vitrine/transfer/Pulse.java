package dev.vitrine.transfer;

import dev.vitrine.activity.TransferHeartbeat;
import io.temporal.client.ActivityCompletionException;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Heartbeats beside the thread that does the work, however long that is blocked. It tears the work
 * loose from a read when a heartbeat says that the attempt is over (cancelled, timed out, worker
 * shutting down), and from a source that sends nothing for too long.
 */
final class Pulse implements Guard, AutoCloseable {

  private final Consumer<Object> heartbeat;
  private final Live live;
  private final Duration stallTimeout;
  private final Thread worker = Thread.currentThread();
  private final AtomicBoolean beating = new AtomicBoolean();
  private final ScheduledFuture<?> ticks;

  private @Nullable Closeable guarded;
  private boolean interrupted;
  private boolean closed;
  private volatile @Nullable ActivityCompletionException stop;
  private volatile boolean stalled;
  private volatile long readingSince;

  /**
   * Begins, on behalf of the thread that calls.
   *
   * @param heartbeat takes the details, or throws {@link ActivityCompletionException}
   * @param timer only ever starts the beats; they run on the executor, for they may block
   */
  Pulse(
      Consumer<Object> heartbeat,
      TransferHeartbeat first,
      TransferConfig config,
      ScheduledExecutorService timer,
      Executor executor) {
    this.heartbeat = heartbeat;
    this.live = new Live(first);
    this.stallTimeout = config.sourceReadTimeout();
    beat();
    long nanos = config.tuning().pulse().toNanos();
    ticks =
        timer.scheduleAtFixedRate(
            () -> executor.execute(this::tick), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** What is heartbeaten from now on. */
  void update(TransferHeartbeat now) {
    live.update(now);
  }

  TransferHeartbeat current() {
    return live.current();
  }

  /** Heartbeats now, on this thread; throws what the heartbeat says. */
  void beat() {
    heartbeat.accept(live);
  }

  @Override
  public void guard(@Nullable Closeable blocking) {
    synchronized (this) {
      guarded = blocking;
    }
    check();
  }

  /** Throws what ended the attempt, if it has ended. */
  void check() {
    ActivityCompletionException ended = stop;
    if (ended != null) {
      throw ended;
    }
  }

  /** A read of the source begins. */
  void readBegins() {
    readingSince = System.nanoTime() | 1;
  }

  /** It has ended. */
  void readEnds() {
    readingSince = 0;
  }

  /** Whether a read was torn loose since the source sent nothing. */
  boolean stalled() {
    return stalled;
  }

  private void tick() {
    if (!beating.compareAndSet(false, true)) {
      return;
    }
    try {
      long since = readingSince;
      if (since != 0 && System.nanoTime() - since > stallTimeout.toNanos()) {
        stalled = true;
        tearLoose();
      }
      if (stop == null) {
        beat();
      }
    } catch (ActivityCompletionException e) {
      stop = e;
      tearLoose();
    } catch (RuntimeException e) {
      // A heartbeat that could not be sent is made up for by the next.
    } finally {
      beating.set(false);
    }
  }

  private void tearLoose() {
    Closeable blocking;
    synchronized (this) {
      if (closed) {
        return;
      }
      blocking = guarded;
      // For a source whose reads don't notice that it was closed.
      interrupted = true;
      worker.interrupt();
    }
    if (blocking != null) {
      try {
        blocking.close();
      } catch (IOException | RuntimeException e) {
        // It is the read that reports what became of the source.
      }
    }
  }

  /** Ends. The worker's thread is left without an interrupt of our making. */
  @Override
  public void close() {
    ticks.cancel(false);
    synchronized (this) {
      closed = true;
      if (interrupted) {
        Thread.interrupted();
      }
    }
  }
}
