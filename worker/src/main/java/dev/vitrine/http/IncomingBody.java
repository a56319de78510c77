package dev.vitrine.http;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * A request's body as it comes in: piece by piece, and without a thread that waits for the next
 * one. It has one reader at a time; who takes its place makes sure that the earlier one is done.
 */
final class IncomingBody {

  private final Content.Source source;
  private final boolean awaitsContinue;
  private final Object demanding = new Object();
  private boolean demanded;
  private @Nullable Runnable onDemand;
  private LeastRate.@Nullable Watch watch;
  private long demandedAt;
  private long waited;
  private volatile boolean stalled;
  private volatile boolean begun;
  private volatile boolean whole;
  private volatile boolean ended;

  /** What pieces are passed on to. */
  interface Sink {

    /**
     * Takes what it wants of a piece; the rest is thrown away.
     *
     * @return whether it takes more
     */
    boolean take(ByteBuffer piece);

    /**
     * Nothing more comes. Called once, also after {@link #take} has said that it takes no more.
     *
     * @param failure why the body broke off; null if it did not
     */
    void end(@Nullable Throwable failure);
  }

  IncomingBody(Request request) {
    this.source = request;
    this.whole = !hasBody(request);
    this.ended = whole;
    this.awaitsContinue =
        request.getHeaders().contains(HttpHeader.EXPECT, HttpHeaderValue.CONTINUE.asString());
  }

  private static boolean hasBody(Request request) {
    return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
  }

  /**
   * Requires from now on that it comes at a rate; what is slower fails as what stops coming does.
   */
  void require(LeastRate rate) {
    watch = rate.new Watch();
  }

  /** Whether it broke off because it came too slowly, or stopped coming. */
  boolean stalled() {
    return stalled;
  }

  /** Whether the body has been read to its end. */
  boolean whole() {
    return whole;
  }

  /** Whether there is nothing more to be read: the body is at its end, or broke off. */
  boolean ended() {
    return ended;
  }

  /**
   * Whether the connection may take another request after this one: the body has been read to its
   * end, and no demand is left that the source would meet while it serves the next request.
   */
  boolean leavesConnectionClean() {
    synchronized (demanding) {
      return whole && !demanded;
    }
  }

  /** Whether the client sends nothing before somebody has begun to read. */
  boolean awaitsContinue() {
    return awaitsContinue && !begun;
  }

  /** The next piece, to be released by the caller; null if none has come yet. */
  Content.@Nullable Chunk read() {
    Content.Chunk chunk = source.read();
    if (chunk == null) {
      return null;
    }
    begun = true;
    if (isTooSlow(chunk)) {
      chunk.release();
      chunk =
          Content.Chunk.from(new TimeoutException("it comes too slowly, and is not waited for"));
    }
    boolean failed = Content.Chunk.isFailure(chunk);
    whole = chunk.isLast() && !failed;
    // An idle timeout is a failure that is not the last chunk; nobody waits on after it.
    ended = whole || failed;
    stalled = failed && chunk.getFailure() instanceof TimeoutException;
    return chunk;
  }

  private boolean isTooSlow(Content.Chunk chunk) {
    if (watch == null || chunk.isLast() || Content.Chunk.isFailure(chunk)) {
      return false;
    }
    long nanos;
    synchronized (demanding) {
      nanos = waited;
      waited = 0;
    }
    return watch.note(nanos, chunk.remaining());
  }

  /**
   * Runs once when there may be something to read. The source takes one demand at a time, so that a
   * later one takes the place of who waited before.
   *
   * @param then must not block
   */
  void demand(Runnable then) {
    synchronized (demanding) {
      onDemand = then;
      if (demanded) {
        return;
      }
      demanded = true;
      demandedAt = System.nanoTime();
    }
    begun = true;
    source.demand(Invocable.from(Invocable.InvocationType.NON_BLOCKING, this::arrived));
  }

  private void arrived() {
    Runnable woken;
    synchronized (demanding) {
      demanded = false;
      waited += System.nanoTime() - demandedAt;
      // In one step: who demands anew from here on waits for its own demand. Woken by this one, it
      // would read while the source still works on that demand, which none can that has one buffer.
      woken = takeOnDemand();
    }
    run(woken);
  }

  /** Runs what waits for something to read, if anything does. */
  void wake() {
    Runnable woken;
    synchronized (demanding) {
      woken = takeOnDemand();
    }
    run(woken);
  }

  private @Nullable Runnable takeOnDemand() {
    Runnable taken = onDemand;
    onDemand = null;
    return taken;
  }

  private static void run(@Nullable Runnable woken) {
    if (woken != null) {
      woken.run();
    }
  }

  /** Passes on what comes, from now until the end or until the sink has enough. */
  void pump(Sink sink) {
    while (!ended) {
      Content.Chunk next = read();
      if (next == null) {
        demand(() -> pump(sink));
        return;
      }
      if (Content.Chunk.isFailure(next)) {
        sink.end(next.getFailure());
        return;
      }
      if (!take(next, sink)) {
        break;
      }
    }
    sink.end(null);
  }

  /**
   * Throws away what has come already.
   *
   * @param most bytes, about; so that a client that sends fast is not followed for ever
   */
  void skip(int most) {
    int left = most;
    while (!ended && left > 0) {
      Content.Chunk next = read();
      if (next == null) {
        return;
      }
      left -= next.remaining();
      next.release();
    }
  }

  private static boolean take(Content.Chunk chunk, Sink sink) {
    try {
      return sink.take(chunk.getByteBuffer());
    } finally {
      chunk.release();
    }
  }
}
