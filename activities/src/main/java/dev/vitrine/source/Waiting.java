package dev.vitrine.source;

import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/** Whoever waits while a source is opened: can end the waiting early, and tells people about it. */
public interface Waiting {

  /** For a reader that waits itself and is told nothing. */
  Waiting UNWATCHED =
      new Waiting() {
        @Override
        public void blocksOn(@Nullable Closeable blocking) {}

        @Override
        public void waitsFor(@Nullable String what) {}
      };

  /**
   * The calling thread is about to block.
   *
   * @param blocking what to close so that its call returns; null for nothing
   */
  void blocksOn(@Nullable Closeable blocking);

  /**
   * The source is not read at present.
   *
   * @param what is waited for, in words; null for nothing any more
   */
  void waitsFor(@Nullable String what);
}
