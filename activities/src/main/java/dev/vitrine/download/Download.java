package dev.vitrine.download;

import dev.vitrine.error.VitrineException.Unavailable;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An image's data, or a part of it, on its way to a reader. For one thread at a time; {@link
 * #close} may come from another and ends a read that waits for a web source.
 *
 * <p>It can be read to its end even if the image is deleted or deactivated meanwhile: who may read
 * the data was asked when it was opened.
 */
public final class Download implements AutoCloseable {

  /** Where the bytes come from. */
  interface Bytes {

    /**
     * Reads from that position, which is where the read before it ended.
     *
     * @return how many bytes; -1 at the end
     */
    int read(ByteBuffer into, long position);

    void close();
  }

  private final String display;
  private final Bytes bytes;
  private final long offset;
  private final @Nullable Long size;
  private final @Nullable Long end;
  private long position;

  /**
   * @param display what is read, for messages
   * @param size bytes of the whole data; null if nothing says
   * @param end where to stop; null for the end of the data, wherever that is
   */
  Download(String display, Bytes bytes, long offset, @Nullable Long size, @Nullable Long end) {
    this.display = display;
    this.bytes = bytes;
    this.offset = offset;
    this.size = size;
    this.end = end;
    this.position = offset;
  }

  /** The first byte's place in the whole data. */
  public long offset() {
    return offset;
  }

  /** Bytes of the whole data; null if neither the registry nor the source says. */
  public @Nullable Long size() {
    return size;
  }

  /** Bytes that are read in all; null if the size isn't known, and the data is read to its end. */
  public @Nullable Long length() {
    return end == null ? null : Long.valueOf(end - offset);
  }

  /**
   * Reads the next bytes, at most as many as the buffer has room for, and at least one if it has
   * any. A direct buffer spares a copy; 128 to 256 KiB cost the least. Blocks as long as the store
   * does, or a web source, and for {@code transfer.source-read-timeout} at most.
   *
   * @return how many bytes; -1 at the end
   * @throws Unavailable if the data breaks off, or ends before its size
   */
  public int read(ByteBuffer into) {
    int limit = into.limit();
    if (end != null) {
      if (position == end) {
        return -1;
      }
      into.limit((int) Math.min(limit, into.position() + (end - position)));
    }
    int read;
    try {
      read = bytes.read(into, position);
    } finally {
      into.limit(limit);
    }
    if (read >= 0) {
      position += read;
    } else if (end != null) {
      throw new Unavailable("%s ended after %d of %d bytes".formatted(display, position, end));
    }
    return read;
  }

  /** Idempotent. */
  @Override
  public void close() {
    bytes.close();
  }
}
