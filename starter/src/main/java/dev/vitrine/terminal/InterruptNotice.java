package dev.vitrine.terminal;

import java.util.function.Supplier;

/** What is said to somebody who ends the process while it is at work, by Ctrl-C for example. */
public final class InterruptNotice {

  private InterruptNotice() {}

  /**
   * Does some work.
   *
   * @param words what becomes of it if the process ends meanwhile, and how to come back to it
   */
  public static <R> R during(ProgressDisplay display, String words, Supplier<R> work) {
    Thread hook = new Thread(() -> display.leave(words), "vitrine-leave");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.get();
    } finally {
      display.clear();
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException leaving) {
        // It has been said.
      }
    }
  }
}
