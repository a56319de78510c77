package dev.vitrine.remote;

import org.jspecify.annotations.Nullable;

/** Is told how far a transfer is, on the transfer's thread and often; it must be quick. */
@FunctionalInterface
public interface TransferListener {

  /** Is told nothing. */
  TransferListener NONE = (bytes, total) -> {};

  /**
   * More is done.
   *
   * @param bytes done in all, also by earlier attempts
   * @param total bytes in all; null if not known
   */
  void transferred(long bytes, @Nullable Long total);
}
