package dev.vitrine.thread;

import java.util.function.Supplier;

/**
 * Whether a thread does what nobody waits for at the other end of a connection. What is scarce is
 * given to others first.
 */
public final class Background {

  private static final ThreadLocal<Boolean> CURRENT = ThreadLocal.withInitial(() -> false);

  private Background() {}

  /** Does some work in the background; however it ends, the thread is then what it was before. */
  public static <R> R during(Supplier<R> work) {
    boolean before = CURRENT.get();
    CURRENT.set(true);
    try {
      return work.get();
    } finally {
      CURRENT.set(before);
    }
  }

  /** Whether this thread's present work is such. */
  public static boolean isCurrent() {
    return CURRENT.get();
  }
}
