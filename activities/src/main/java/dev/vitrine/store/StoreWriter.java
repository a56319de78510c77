package dev.vitrine.store;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes unfinished data, alone: what another writer of the same key does never gets into it. For
 * one thread.
 *
 * <p>An interrupt of the thread disturbs none of these, so that what was written can be made
 * durable by a thread that is being stopped. Closing keeps the unfinished data for a resumption.
 */
public interface StoreWriter extends AutoCloseable {

  /** As long as a token may be: it is kept in a heartbeat. */
  int LONGEST_TOKEN = 2000;

  /**
   * What another process needs beside the key to go on with this data, at most {@value
   * #LONGEST_TOKEN} characters; null if it needs nothing. The same for as long as the writer lives.
   */
  @Nullable String token();

  /** Bytes in the data so far. */
  long position();

  /** Appends all that remains. After {@code StorageFull} nothing is left of the data. */
  void write(ByteBuffer data);

  /**
   * Makes durable what can be: all that was written before the call, or only its whole parts. May
   * be called beside {@link #write} on another thread, but not beside the methods that close.
   *
   * @return how many bytes from the beginning survive a crash of the machine and of this process;
   *     never less than before
   */
  long sync();

  /**
   * Makes the data durable and gives it its final name, in one step that others see whole or not at
   * all. {@code Unavailable} if the data was removed meanwhile. Closes the writer; a repeat after
   * it has returned does nothing.
   */
  void publish();

  /**
   * Removes the unfinished data, if it is there, and closes the writer; never what is published.
   */
  void discard();

  @Override
  void close();
}
