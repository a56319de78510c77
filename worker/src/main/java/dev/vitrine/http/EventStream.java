package dev.vitrine.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events: looks again and again, and writes what has changed. Between two looks no
 * thread waits. Source: the HTML standard, "Server-sent events".
 */
final class EventStream implements Callback {

  /** So often something is sent, that proxies and clients know that the stream is alive. */
  private static final int LOOKS_BETWEEN_SIGNS_OF_LIFE = 15;

  private static final byte[] SIGN_OF_LIFE = ":\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);

  private final Supplier<Exchange.Event> look;
  private final Duration every;
  private final Content.Sink sink;
  private final Scheduler scheduler;
  private final Executor executor;
  private final Callback callback;
  private byte @Nullable [] sent;
  private int silent;
  private boolean over;

  EventStream(
      Supplier<Exchange.Event> look,
      Duration every,
      Content.Sink sink,
      Scheduler scheduler,
      Executor executor,
      Callback callback) {
    this.look = look;
    this.every = every;
    this.sink = sink;
    this.scheduler = scheduler;
    this.executor = executor;
    this.callback = callback;
  }

  /** Looks, and writes if there is something to write. */
  void look() {
    Exchange.Event event;
    try {
      event = look.get();
    } catch (RuntimeException e) {
      callback.failed(e);
      return;
    }
    over = event.last();
    if (!Arrays.equals(event.document(), sent)) {
      sent = event.document();
      silent = 0;
      sink.write(over, framed(event.document()), this);
    } else if (over || ++silent == LOOKS_BETWEEN_SIGNS_OF_LIFE) {
      silent = 0;
      sink.write(over, ByteBuffer.wrap(SIGN_OF_LIFE), this);
    } else {
      succeeded();
    }
  }

  @Override
  public void succeeded() {
    if (over) {
      callback.succeeded();
    } else {
      scheduler.schedule(this::lookSoon, every.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void lookSoon() {
    try {
      executor.execute(this::look);
    } catch (RejectedExecutionException stopping) {
      callback.failed(stopping);
    }
  }

  @Override
  public void failed(Throwable cause) {
    callback.failed(cause);
  }

  private static ByteBuffer framed(byte[] document) {
    return ByteBuffer.allocate(DATA.length + document.length + END.length)
        .put(DATA)
        .put(document)
        .put(END)
        .flip();
  }
}
