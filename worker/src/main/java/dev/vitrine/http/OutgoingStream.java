package dev.vitrine.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;

/** Writes an answer's body piece by piece: reads one when the one before has gone out. */
final class OutgoingStream extends IteratingCallback {

  /** Half of the calls of half the size, and no more memory than a slow client is worth. */
  private static final int PIECE = 256 * 1024;

  private final Exchange.Reading reading;
  private final Runnable close;
  private final Content.Sink sink;
  private final Callback callback;
  private final RetainableByteBuffer piece;
  private boolean last;

  OutgoingStream(
      Exchange.Reading reading,
      Runnable close,
      Content.Sink sink,
      ByteBufferPool pool,
      Callback callback) {
    this.reading = reading;
    this.close = close;
    this.sink = sink;
    this.callback = callback;
    this.piece = pool.acquire(PIECE, true);
  }

  @Override
  protected Action process() {
    if (last) {
      return Action.SUCCEEDED;
    }
    ByteBuffer buffer = piece.getByteBuffer();
    buffer.clear().limit(Math.min(PIECE, buffer.capacity()));
    last = reading.into(buffer) < 0;
    buffer.flip();
    sink.write(last, buffer, this);
    return Action.SCHEDULED;
  }

  @Override
  protected void onCompleteSuccess() {
    end();
    callback.succeeded();
  }

  @Override
  protected void onCompleteFailure(Throwable cause) {
    end();
    callback.failed(cause);
  }

  /** Reading waits for disks and for others. */
  @Override
  public InvocationType getInvocationType() {
    return InvocationType.BLOCKING;
  }

  private void end() {
    piece.release();
    close.run();
  }
}
