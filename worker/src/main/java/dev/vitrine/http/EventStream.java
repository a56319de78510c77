package dev.vitrine.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events: writes what has changed of what it is told. A slow client is told less often,
 * and holds no thread. Source: the HTML standard, "Server-sent events".
 */
final class EventStream implements Callback, Exchange.EventSink {

  /** So often something is sent, that proxies and clients know that the stream is alive. */
  private static final int EVENTS_BETWEEN_SIGNS_OF_LIFE = 15;

  private static final byte[] SIGN_OF_LIFE = ":\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);

  private final Content.Sink sink;
  private final Callback callback;
  private Exchange.@Nullable Event latest;
  private byte @Nullable [] sent;
  private @Nullable Runnable unsubscribe;
  private int silent;
  private boolean writing;
  private boolean last;
  private boolean over;

  EventStream(Content.Sink sink, Callback callback) {
    this.sink = sink;
    this.callback = callback;
  }

  /** Begins to be told. */
  void begin(Exchange.Events events) {
    Runnable subscription = events.subscribe(this);
    synchronized (this) {
      if (!over) {
        unsubscribe = subscription;
        return;
      }
    }
    subscription.run();
  }

  @Override
  public void next(Exchange.Event event) {
    synchronized (this) {
      latest = event;
      silent++;
      if (writing || last || over) {
        return;
      }
      writing = true;
    }
    write();
  }

  /** Ends it in order, after what it was told. */
  void end() {
    Exchange.Event event;
    synchronized (this) {
      event = latest;
    }
    next(
        event == null
            ? new Exchange.Event(SIGN_OF_LIFE, true, true)
            : new Exchange.Event(event.document(), true, event.isFramed()));
  }

  @Override
  public synchronized boolean isTaken() {
    return !writing && (latest == null || Arrays.equals(latest.document(), sent));
  }

  private void write() {
    ByteBuffer frame;
    boolean end;
    synchronized (this) {
      frame = frame();
      end = last;
      if (frame == null) {
        writing = false;
        return;
      }
    }
    sink.write(end, frame, this);
  }

  private @Nullable ByteBuffer frame() {
    Exchange.Event event = latest;
    if (event == null) {
      return null;
    }
    last = event.last();
    if (!Arrays.equals(event.document(), sent)) {
      sent = event.document();
      silent = 0;
      return event.isFramed() ? ByteBuffer.wrap(event.document()) : framed(event.document());
    }
    if (last || silent >= EVENTS_BETWEEN_SIGNS_OF_LIFE) {
      silent = 0;
      return ByteBuffer.wrap(SIGN_OF_LIFE);
    }
    return null;
  }

  @Override
  public void succeeded() {
    if (end(true)) {
      callback.succeeded();
    } else {
      write();
    }
  }

  @Override
  public void failed(Throwable cause) {
    if (end(false)) {
      callback.failed(cause);
    }
  }

  /** Whether it is over now and was not before. */
  private boolean end(boolean onlyAfterTheLast) {
    Runnable subscription;
    synchronized (this) {
      if (over || (onlyAfterTheLast && !last)) {
        return false;
      }
      over = true;
      subscription = unsubscribe;
    }
    if (subscription != null) {
      subscription.run();
    }
    return true;
  }

  private static ByteBuffer framed(byte[] document) {
    return ByteBuffer.allocate(DATA.length + document.length + END.length)
        .put(DATA)
        .put(document)
        .put(END)
        .flip();
  }
}
