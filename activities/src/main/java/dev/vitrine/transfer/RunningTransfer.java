package dev.vitrine.transfer;

import dev.vitrine.image.ImageData;
import io.temporal.client.ActivityCompletionException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A transfer that an attempt of an activity has begun in this process, and what came out. Its
 * thread goes on when the server writes that attempt off; the next one follows it to its end. Safe
 * for use by many threads.
 */
final class RunningTransfer {

  private final Watchdog watchdog;
  private final CompletableFuture<ImageData> outcome = new CompletableFuture<>();

  RunningTransfer(Watchdog watchdog) {
    this.watchdog = watchdog;
  }

  /** What heartbeats show of it. */
  HeartbeatDetails details() {
    return watchdog.details();
  }

  void succeeded(ImageData data) {
    outcome.complete(data);
  }

  void failed(RuntimeException failure) {
    outcome.completeExceptionally(failure);
  }

  /** Ends it, if it still runs. */
  void stop(ActivityCompletionException reason) {
    watchdog.end(reason);
  }

  /**
   * Heartbeats until it has ended.
   *
   * @return what was transferred; empty if it was stopped before, and may be begun anew
   * @throws ActivityCompletionException if the attempt that follows is over; unless it was only
   *     written off, the transfer has been stopped
   * @throws RuntimeException what the transfer failed with
   */
  Optional<ImageData> follow(HeartbeatSender heartbeats, Duration tick)
      throws InterruptedException {
    watchdog.adopt();
    try {
      while (true) {
        try {
          return Optional.of(outcome.get(tick.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException stillRunning) {
          heartbeats.ifDue();
        }
      }
    } catch (ExecutionException ended) {
      if (ended.getCause() instanceof ActivityCompletionException) {
        return Optional.empty();
      }
      throw ended.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(ended);
    } catch (ActivityCompletionException told) {
      if (!HeartbeatSender.isWrittenOff(told)) {
        watchdog.end(told);
        awaitEnd();
      }
      throw told;
    } finally {
      watchdog.abandon();
    }
  }

  /** Whoever stopped it says so only once the writer has stopped. */
  private void awaitEnd() throws InterruptedException {
    try {
      var unused = outcome.get();
    } catch (ExecutionException ended) {
      // However it ended, it was stopped.
    }
  }
}
