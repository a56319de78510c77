package dev.vitrine.http;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs what may wait for others, databases for example, by no more threads at once than it may
 * have; the rest waits without one. So there are always threads for what waits for nobody.
 */
final class BoundedExecutor implements Executor {

  private final Executor threads;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int free;

  /**
   * A lane.
   *
   * @param width how many threads it may have
   */
  BoundedExecutor(Executor threads, int width) {
    this.threads = threads;
    this.free = width;
  }

  /** Runs the work on another thread, now or when its turn has come. */
  @Override
  public void execute(Runnable work) {
    if (enter(work)) {
      threads.execute(() -> runAndGoOn(work));
    }
  }

  /** The same, by the thread that calls if the lane has room. */
  void runOrWait(Runnable work) {
    if (enter(work)) {
      runAndGoOn(work);
    }
  }

  private synchronized boolean enter(Runnable work) {
    if (free > 0) {
      free--;
      return true;
    }
    waiting.add(work);
    return false;
  }

  private void runAndGoOn(Runnable work) {
    try {
      work.run();
    } finally {
      Runnable next = next();
      if (next != null) {
        threads.execute(() -> runAndGoOn(next));
      }
    }
  }

  private synchronized @Nullable Runnable next() {
    Runnable next = waiting.poll();
    if (next == null) {
      free++;
    }
    return next;
  }
}
