package dev.vitrine.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * A request's body as a blocking stream for one reader at a time. Another thread may close it, as
 * an answer does: then a read that waits fails at once, and this stream takes nothing more from the
 * connection.
 */
public final class BodyStream extends InputStream {

  private final IncomingBody inflow;
  private final Object reading = new Object();
  private Content.@Nullable Chunk chunk;
  private volatile boolean closed;

  BodyStream(IncomingBody inflow) {
    this.inflow = inflow;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    synchronized (reading) {
      ByteBuffer arrived = arrived();
      if (arrived == null) {
        return -1;
      }
      int count = Math.min(length, arrived.remaining());
      arrived.get(into, offset, count);
      return count;
    }
  }

  /** Whether it broke off because it came too slowly, or stopped coming. */
  public boolean stalled() {
    return inflow.stalled();
  }

  /** Fails the read that waits, if there is one, and every later one. */
  @Override
  public void close() {
    closed = true;
    inflow.wake();
    synchronized (reading) {
      release();
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
      if (inflow.whole()) {
        return null;
      }
      Content.Chunk next = inflow.read();
      if (next == null) {
        await();
      } else if (Content.Chunk.isFailure(next)) {
        throw new IOException(reason(next.getFailure()), next.getFailure());
      } else {
        chunk = next;
      }
    }
  }

  private void await() throws InterruptedIOException {
    CountDownLatch arrived = new CountDownLatch(1);
    inflow.demand(arrived::countDown);
    try {
      // Who closed before the demand has woken nobody.
      if (!closed) {
        arrived.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the reading of the request's body was interrupted");
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
