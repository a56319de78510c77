package dev.vitrine.terminal;

import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.process.ExecutionState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits for something that is running and shows how far it is. Rides out a restart of the server:
 * what is waited for does, too.
 *
 * @param display where it is shown
 * @param poll how often is asked how far it is
 * @param outage how long the server may be away
 */
public record ProgressWait(ProgressDisplay display, Duration poll, Duration outage) {

  /** A worker that is free takes a step up at once; this is not to be said of a busy moment. */
  private static final Duration BEFORE_A_WORD = Duration.ofSeconds(4);

  public ProgressWait(ProgressDisplay display, Duration poll) {
    this(display, poll, Duration.ofMinutes(1));
  }

  /**
   * Waits. If the process is ended meanwhile, by Ctrl-C for example, it takes leave.
   *
   * @param await the result, or empty after so long
   * @param state asks for its state; what it can't say at present is passed over
   * @param leave what is said to somebody who leaves: that it goes on, and how to come back
   * @throws Unavailable if the server does not answer for too long
   */
  public <R> R forResult(
      Function<Duration, Optional<R>> await, Supplier<ExecutionState> state, String leave) {
    return InterruptNotice.during(display, leave, new Turns<>(await, state)::result);
  }

  /** The state of one waiting. */
  private final class Turns<R> {

    private final Function<Duration, Optional<R>> await;
    private final Supplier<ExecutionState> state;
    private @Nullable Long awaitedSince;
    private @Nullable Long awaySince;

    Turns(Function<Duration, Optional<R>> await, Supplier<ExecutionState> state) {
      this.await = await;
      this.state = state;
    }

    R result() {
      while (true) {
        Optional<R> result = next();
        if (result.isPresent()) {
          return result.get();
        }
        try {
          show(state.get());
        } catch (Unavailable e) {
          // How it stands is a courtesy; whether the server is gone, the next wait says.
          if (awaySince == null) {
            display.note(String.valueOf(e.getMessage()));
          }
        }
      }
    }

    private Optional<R> next() {
      try {
        Optional<R> result = await.apply(poll);
        awaySince = null;
        return result;
      } catch (Unavailable e) {
        if (answers()) {
          // Then the error was that of the process, or passing: the next one counts.
          return await.apply(poll);
        }
        awaySince = awaySince == null ? Long.valueOf(System.nanoTime()) : awaySince;
        if (since(awaySince).compareTo(outage) >= 0) {
          throw e;
        }
        display.note("the server does not answer; waiting for it to come back");
        LockSupport.parkNanos(poll.toNanos());
        return Optional.empty();
      }
    }

    private boolean answers() {
      try {
        ExecutionState unused = state.get();
        return true;
      } catch (Unavailable e) {
        return false;
      }
    }

    private void show(ExecutionState now) {
      display.show(now);
      String queue = now.awaitedQueue();
      if (queue == null) {
        awaitedSince = null;
        return;
      }
      awaitedSince = awaitedSince == null ? Long.valueOf(System.nanoTime()) : awaitedSince;
      if (since(awaitedSince).compareTo(BEFORE_A_WORD) >= 0) {
        display.note(
            "no worker has taken it up yet: none runs on task queue %s, or all are busy; waiting"
                .formatted(queue));
      }
    }

    private static Duration since(long nanos) {
      return Duration.ofNanos(System.nanoTime() - nanos);
    }
  }
}
