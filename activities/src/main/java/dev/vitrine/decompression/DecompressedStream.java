package dev.vitrine.decompression;

import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.error.VitrineException.TooLarge;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A source's data as it was before it was compressed. What is wrong with the data fails as {@link
 * SourceUnusable} and {@link TooLarge}, where the reading broke off as it did. For one thread;
 * another may close it meanwhile.
 */
final class DecompressedStream extends InputStream {

  private final String display;
  private final Compression compression;
  private final DecompressionConfig config;
  private final PackedStream packed;
  private final InputStream decoder;

  /** Memory of a decoder is not given back under its reads. */
  private final ReentrantLock reading = new ReentrantLock();

  private volatile boolean closed;
  private long count;

  /**
   * @param display the source, for messages
   */
  DecompressedStream(
      String display, Compression compression, DecompressionConfig config, PackedStream packed)
      throws IOException {
    this.display = display;
    this.compression = compression;
    this.config = config;
    this.packed = packed;
    try {
      this.decoder = compression.decode(packed);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    reading.lock();
    try {
      if (closed) {
        throw new IOException("closed");
      }
      int read = decoder.read(into, offset, length);
      count += Math.max(0, read);
      requireBounded();
      return read;
    } catch (IOException e) {
      throw failure(e);
    } finally {
      reading.unlock();
      if (closed) {
        release();
      }
    }
  }

  /** The reading's failure stays what it is; any other is the data's. */
  private IOException failure(IOException e) {
    if (packed.isBroken() || closed) {
      return e;
    }
    throw new SourceUnusable(
        "%s can't be decompressed: of its %s data, %s after %d bytes; check the source, or import it decompressed"
            .formatted(display, compression.word(), reason(e), packed.count()));
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  private void requireBounded() {
    if (count > config.maxSize()) {
      throw new TooLarge(
          "%s: its %s data comes to more than the %d bytes an image may have"
              .formatted(display, compression.word(), config.maxSize()));
    }
    if (count > config.free() && count / config.maxRatio() > packed.count()) {
      throw new TooLarge(
          "%s is a decompression bomb: %d bytes of its %s data are more than %d, which is over %d times as many; import it decompressed, or have imports.max-decompression-ratio raised"
              .formatted(display, packed.count(), compression.word(), count, config.maxRatio()));
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    packed.close();
    release();
  }

  private void release() throws IOException {
    if (reading.tryLock()) {
      try {
        decoder.close();
      } finally {
        reading.unlock();
      }
    }
  }
}
