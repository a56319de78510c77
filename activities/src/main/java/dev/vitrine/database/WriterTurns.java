package dev.vitrine.database;

import dev.vitrine.thread.Background;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Whose turn it is to write. What a client waits for does not queue up behind all that is going on:
 * of what runs in the background only so much may stand in the database's own queue, and the rest
 * waits here, in order. That queue is first come, first served, so that the background has its turn
 * however much clients ask for. Safe for use by many threads.
 */
final class WriterTurns {

  private final Semaphore background;

  /**
   * Turns.
   *
   * @param background transactions at once
   */
  WriterTurns(int background) {
    this.background = new Semaphore(background, true);
  }

  /** Runs a transaction when its turn has come. */
  <R> R run(Supplier<R> transaction) {
    if (!Background.isCurrent()) {
      return transaction.get();
    }
    background.acquireUninterruptibly();
    try {
      return transaction.get();
    } finally {
      background.release();
    }
  }
}
