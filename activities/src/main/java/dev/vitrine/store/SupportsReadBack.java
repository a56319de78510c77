package dev.vitrine.store;

import java.nio.ByteBuffer;

/**
 * A writer that can read what was written before, which a resumption hashes again. Where it can't
 * be read, a resumption takes digests whose state was kept.
 */
public interface SupportsReadBack {

  /**
   * Reads from the given position of the unfinished data into the buffer.
   *
   * @return how many bytes; -1 at the end
   */
  int readBack(ByteBuffer into, long position);
}
