package dev.vitrine.store;

import java.nio.ByteBuffer;

/**
 * Writes unfinished data, alone: a store lets no second writer near the same key. For one thread.
 *
 * <p>An interrupt of the thread disturbs none of these, so that what was written can be made
 * durable by a thread that is being stopped. Closing keeps the unfinished data for a resumption.
 */
public interface StoreWriter extends AutoCloseable {

  /** Bytes in the data so far. */
  long position();

  /** Appends all that remains. After {@code StorageFull} nothing is left of the data. */
  void write(ByteBuffer data);

  /**
   * On return, everything written before the call survives a crash of the machine. May be called
   * beside {@link #write} on another thread, but not beside the methods that close.
   */
  void sync();

  /**
   * Makes the data durable and gives it its final name, in one step that others see whole or not at
   * all. {@code Unavailable} if the data was removed meanwhile. Closes the writer.
   */
  void publish();

  /** Removes the unfinished data and closes the writer. */
  void discard();

  @Override
  void close();
}
