package dev.vitrine.http;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Collects a body that comes at once, without a thread that waits for it. What takes longer goes on
 * as a stream, from where this has stopped.
 */
final class BodyCollector {

  private static final int BAD_REQUEST = 400;
  private static final int REQUEST_TIMEOUT = 408;

  private final IncomingBody inflow;
  private final BodyStream rest;
  private final byte[] bytes;
  private final Executor executor;
  private final CompletableFuture<CollectedBody> collected = new CompletableFuture<>();
  private int size;
  private volatile boolean late;
  private volatile boolean later;
  private Scheduler.@Nullable Task timer;

  /**
   * @param rest the same body as a stream
   * @param length in bytes, as declared
   * @param executor completes what isn't there at once: who reads may block
   */
  BodyCollector(IncomingBody inflow, BodyStream rest, int length, Executor executor) {
    this.inflow = inflow;
    this.rest = rest;
    this.bytes = new byte[length];
    this.executor = executor;
  }

  /**
   * Begins.
   *
   * @param within how long it may take
   * @return fails with {@link HttpProblem} if the body breaks off
   */
  CompletableFuture<CollectedBody> collect(Duration within, Scheduler scheduler) {
    read();
    if (!collected.isDone()) {
      timer = scheduler.schedule(this::stop, within.toMillis(), TimeUnit.MILLISECONDS);
    }
    return collected;
  }

  private void stop() {
    late = true;
    inflow.wake();
  }

  private void read() {
    while (!late && !inflow.ended()) {
      Content.Chunk next = inflow.read();
      if (next == null) {
        // From here on another thread may go on, which must not block.
        later = true;
        inflow.demand(this::read);
        // Who came too late to be woken by the timer.
        if (late) {
          inflow.wake();
        }
        return;
      }
      if (Content.Chunk.isFailure(next)) {
        complete(() -> collected.completeExceptionally(broken(next.getFailure())));
        return;
      }
      int more = next.remaining();
      next.getByteBuffer().get(bytes, size, more);
      size += more;
      next.release();
    }
    complete(() -> collected.complete(result()));
  }

  private CollectedBody result() {
    ByteArrayInputStream first = new ByteArrayInputStream(bytes, 0, size);
    return inflow.whole()
        ? new CollectedBody(first, true)
        : new CollectedBody(new PrefixedStream(first, rest), false);
  }

  private void complete(Runnable completion) {
    Scheduler.Task patience = timer;
    if (patience != null) {
      boolean unused = patience.cancel();
    }
    if (later) {
      executor.execute(completion);
    } else {
      completion.run();
    }
  }

  private HttpProblem broken(Throwable failure) {
    return inflow.stalled()
        ? new HttpProblem(REQUEST_TIMEOUT, "the body did not come in time; send the request again")
        : new HttpProblem(BAD_REQUEST, "the body broke off: " + failure.getMessage());
  }
}
