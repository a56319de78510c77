package dev.vitrine.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A request's body as a blocking stream for one reader at a time. Another thread may close it: then
 * a read that waits fails at once, and nothing more is taken from the connection but by {@link
 * #drain}.
 */
public final class BodyStream extends InputStream {

  private final Content.Source source;
  private final Object reading = new Object();
  private final Object demanding = new Object();
  private Content.@Nullable Chunk chunk;
  private boolean ended;
  private boolean demanded;
  private @Nullable Runnable onDemand;
  private volatile boolean closed;

  BodyStream(Content.Source source) {
    this.source = source;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    synchronized (reading) {
      ByteBuffer arrived = length == 0 ? null : arrived();
      if (arrived == null) {
        return length == 0 ? 0 : -1;
      }
      int count = Math.min(length, arrived.remaining());
      arrived.get(into, offset, count);
      return count;
    }
  }

  /** Fails the read that waits, if there is one, and every later one. */
  @Override
  public void close() {
    closed = true;
    wake();
    synchronized (reading) {
      release();
    }
  }

  /**
   * Closes, and throws away what still comes.
   *
   * @param then called once: at the end of the body, or when the patience is over
   */
  void drain(Scheduler scheduler, Duration patience, Runnable then) {
    close();
    AtomicBoolean done = new AtomicBoolean();
    Runnable end =
        () -> {
          if (!done.getAndSet(true)) {
            then.run();
          }
        };
    Scheduler.Task timeout = scheduler.schedule(end, patience.toMillis(), TimeUnit.MILLISECONDS);
    discard(
        done,
        () -> {
          timeout.cancel();
          end.run();
        });
  }

  private void discard(AtomicBoolean done, Runnable end) {
    while (!done.get()) {
      Content.Chunk next = source.read();
      if (next == null) {
        demand(() -> discard(done, end));
        return;
      }
      boolean last = next.isLast() || Content.Chunk.isFailure(next);
      next.release();
      if (last) {
        end.run();
        return;
      }
    }
  }

  /** What has arrived and was not read; waits for more; null at the end. */
  private @Nullable ByteBuffer arrived() throws IOException {
    while (true) {
      if (closed) {
        throw new IOException("the request is over");
      }
      if (chunk != null && chunk.hasRemaining()) {
        return chunk.getByteBuffer();
      }
      release();
      if (ended) {
        return null;
      }
      Content.Chunk next = source.read();
      if (next == null) {
        await();
      } else if (Content.Chunk.isFailure(next)) {
        throw new IOException(reason(next.getFailure()), next.getFailure());
      } else {
        ended = next.isLast();
        chunk = next;
      }
    }
  }

  private void await() throws InterruptedIOException {
    CountDownLatch arrived = new CountDownLatch(1);
    demand(arrived::countDown);
    try {
      if (!closed) {
        arrived.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the reading of the request's body was interrupted");
    }
  }

  /** The source takes one demand at a time; a later one takes the place of who waited before. */
  private void demand(Runnable then) {
    synchronized (demanding) {
      onDemand = then;
      if (demanded) {
        return;
      }
      demanded = true;
    }
    source.demand(
        () -> {
          synchronized (demanding) {
            demanded = false;
          }
          wake();
        });
  }

  private void wake() {
    Runnable woken;
    synchronized (demanding) {
      woken = onDemand;
      onDemand = null;
    }
    if (woken != null) {
      woken.run();
    }
  }

  private void release() {
    if (chunk != null) {
      chunk.release();
      chunk = null;
    }
  }

  private static String reason(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.toString() : message;
  }
}
