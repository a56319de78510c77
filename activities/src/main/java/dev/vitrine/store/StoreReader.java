package dev.vitrine.store;

import java.nio.ByteBuffer;

/**
 * Published data, open for reading from anywhere in it. Safe for use by many threads.
 *
 * <p>Once open it can be read to its end, even if the data is removed from the store meanwhile: a
 * file system keeps a file for who has it open. A store that can't promise that says so with {@code
 * Unavailable} from {@link #read}.
 */
public interface StoreReader extends AutoCloseable {

  /** Bytes of the whole data. */
  long size();

  /**
   * Reads from that position, at most as much as the buffer has room for. A direct buffer spares a
   * copy. An interrupt of the thread closes the reader.
   *
   * @return how many bytes; -1 at the end or behind it
   * @throws dev.vitrine.error.VitrineException.Unavailable if the store does not answer, or the
   *     reader is closed
   */
  int read(ByteBuffer into, long position);

  @Override
  void close();
}
