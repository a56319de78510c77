package dev.vitrine.transfer;

import dev.vitrine.activity.TransferHeartbeat;
import dev.vitrine.error.VitrineException;
import dev.vitrine.source.OpenSource;
import dev.vitrine.source.Waiting;
import io.temporal.client.ActivityCompletionException;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the thread that does the work, however long that is blocked: heartbeats beside it,
 * tears it loose from a read when the transfer is to end (cancelled, worker shutting down), and
 * from a source that sends nothing for too long.
 *
 * <p>An attempt that the server has written off ends nothing: the work goes on, waiting for another
 * attempt to take it over.
 */
final class Watchdog implements Waiting, AutoCloseable {

  /** What is done while a read gets nothing for so long. */
  private record Waiter(Duration after, Runnable step) {}

  private final HeartbeatSender heartbeats;
  private final HeartbeatDetails details;
  private final Duration stallTimeout;
  private final @Nullable Duration takeOver;
  private volatile Runnable watcher = () -> {};
  private volatile Waiter waiter = new Waiter(Duration.ofDays(1), () -> {});
  private final Thread worker = Thread.currentThread();
  private final AtomicBoolean beating = new AtomicBoolean();
  private final ScheduledFuture<?> ticks;

  private @Nullable Closeable guarded;
  private boolean interrupted;
  private boolean closed;
  private @Nullable ActivityCompletionException writtenOff;
  private int adopters;
  private long aloneSince;
  private volatile @Nullable ActivityCompletionException stop;
  private volatile boolean stalled;
  private volatile long readingSince;

  /**
   * Begins, on behalf of the thread that calls.
   *
   * @param stallTimeout how long the source may give nothing
   * @param tick how often it looks
   * @param takeOver how long to go on without an attempt; null for as long as it takes
   * @param timer only ever starts the heartbeats; they run on the executor, for they may block
   */
  Watchdog(
      HeartbeatSender heartbeats,
      HeartbeatDetails details,
      Duration stallTimeout,
      Duration tick,
      @Nullable Duration takeOver,
      ScheduledExecutorService timer,
      Executor executor) {
    this.heartbeats = heartbeats;
    this.details = details;
    this.stallTimeout = stallTimeout;
    this.takeOver = takeOver;
    long nanos = tick.toNanos();
    ticks =
        timer.scheduleAtFixedRate(
            () -> executor.execute(this::tick), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** What is heartbeaten from now on. */
  void update(TransferHeartbeat now) {
    details.update(now);
  }

  TransferHeartbeat current() {
    return details.current();
  }

  /** What heartbeats show, whoever sends them. */
  HeartbeatDetails details() {
    return details;
  }

  /** Has something looked at with every tick; it must be quick. */
  void watch(Runnable look) {
    watcher = look;
  }

  /** Has something done with every tick at which the source has given nothing for so long. */
  void whileWaiting(Duration after, Runnable step) {
    waiter = new Waiter(after, step);
  }

  /** Heartbeats now, on this thread; throws what the heartbeat says. */
  void beat() {
    if (!isWrittenOff()) {
      heartbeats.now();
    }
  }

  /** Another attempt heartbeats for the work from now on. */
  synchronized void adopt() {
    adopters++;
  }

  /** It no longer does. */
  synchronized void abandon() {
    adopters--;
    aloneSince = System.nanoTime();
  }

  @Override
  public void blocksOn(@Nullable Closeable blocking) {
    synchronized (this) {
      guarded = blocking;
    }
    check();
  }

  @Override
  public void waitsFor(@Nullable String what) {
    details.waitFor(what);
  }

  /** Throws what ended the transfer, if it has to end. */
  void check() {
    ActivityCompletionException ended = stop;
    if (ended != null) {
      throw ended;
    }
  }

  /** Ends the transfer; the first reason stands. */
  void end(ActivityCompletionException reason) {
    synchronized (this) {
      if (stop != null) {
        return;
      }
      stop = reason;
    }
    tearLoose();
  }

  /** A read of the source begins. */
  void readBegins() {
    readingSince = System.nanoTime() | 1;
  }

  /**
   * It has ended.
   *
   * @param read bytes that came; less than 1 if none did
   */
  void readEnds(int read) {
    readingSince = 0;
    if (read > 0) {
      details.came(read);
    }
  }

  /** Whether a read was torn loose since the source sent nothing. */
  boolean stalled() {
    return stalled;
  }

  /** Throws what ended the transfer or interrupted its thread, if it has to end. */
  void requireNotInterrupted() throws InterruptedException {
    check();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /**
   * What a read of the source failed with; throws what ended the transfer, if that tore it loose.
   *
   * @param at bytes that had been read
   */
  VitrineException failure(OpenSource source, long at, IOException broken)
      throws InterruptedException {
    check();
    if (stalled) {
      Thread.interrupted(); // Our own doing, to tear the read loose.
      return source.stalled(at, stallTimeout.toMillis());
    }
    requireNotInterrupted();
    return source.brokeOff(at, broken);
  }

  private void tick() {
    watcher.run();
    long since = readingSince;
    if (since != 0 && System.nanoTime() - since > stallTimeout.toNanos()) {
      stalled = true;
      tearLoose();
    } else if (since != 0 && System.nanoTime() - since > waiter.after().toNanos()) {
      waiter.step().run();
    }
    // A heartbeat blocks while the server hangs; a stall is noticed all the same.
    if (!beating.compareAndSet(false, true)) {
      return;
    }
    try {
      if (isWrittenOff()) {
        endIfAlone();
      } else if (stop == null) {
        heartbeats.ifDue();
      }
    } catch (ActivityCompletionException told) {
      if (HeartbeatSender.isWrittenOff(told)) {
        writeOff(told);
      } else {
        end(told);
      }
    } catch (RuntimeException e) {
      // A heartbeat that could not be sent is made up for by the next.
    } finally {
      beating.set(false);
    }
  }

  private synchronized boolean isWrittenOff() {
    return writtenOff != null;
  }

  private synchronized void writeOff(ActivityCompletionException told) {
    writtenOff = told;
    aloneSince = System.nanoTime();
  }

  private void endIfAlone() {
    Duration patience = takeOver;
    if (patience == null || isFollowed()) {
      // Nothing depends on the server, which is not asked with every tick of a long transfer.
      return;
    }
    if (!heartbeats.serverAnswers()) {
      synchronized (this) {
        // Nobody can take it over yet: the SDK writes an attempt off before the server does.
        aloneSince = System.nanoTime();
      }
      return;
    }
    ActivityCompletionException told;
    synchronized (this) {
      boolean patient = System.nanoTime() - aloneSince < patience.toNanos();
      told = isFollowed() || patient ? null : writtenOff;
    }
    if (told != null) {
      end(told);
    }
  }

  private synchronized boolean isFollowed() {
    return adopters > 0;
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
    heartbeats.close();
    synchronized (this) {
      closed = true;
      if (interrupted) {
        Thread.interrupted();
      }
    }
  }
}
