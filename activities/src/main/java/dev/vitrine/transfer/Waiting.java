package dev.vitrine.transfer;

import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/** Tears a thread loose from a call that blocks. */
@FunctionalInterface
interface Waiting {

  /** For calls that are short, or that nobody ends early. */
  Waiting NONE = blocking -> {};

  /** Names what to close so that the calling thread's blocking call returns; null for nothing. */
  void guard(@Nullable Closeable blocking);
}
