package dev.vitrine.decompression;

import dev.vitrine.source.OpenSource;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A source's data from its start, whose beginning has been looked at; counted. It may be closed
 * while it is read.
 */
final class PackedStream extends InputStream {

  private final OpenSource source;
  private final byte[] beginning;
  private final int begun;
  private long count;
  private boolean broken;

  /** Reads the beginning, or all there is if that is less. */
  PackedStream(OpenSource source, int length) throws IOException {
    this.source = source;
    this.beginning = new byte[length];
    this.begun = source.stream().readNBytes(beginning, 0, length);
  }

  /** What the data is compressed with; null for nothing that is known. */
  @Nullable Compression compression() {
    return Compression.of(beginning, begun);
  }

  /** Bytes that were read. */
  long count() {
    return count;
  }

  /** Whether it could not be read on. */
  boolean isBroken() {
    return broken;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read;
    if (count < begun) {
      read = (int) Math.min(length, begun - count);
      System.arraycopy(beginning, (int) count, into, offset, read);
    } else {
      read = readOn(into, offset, length);
    }
    count += Math.max(0, read);
    Long announced = source.size();
    if (announced != null && count > announced) {
      throw source.overlong();
    }
    if (announced != null && read < 0 && count < announced) {
      throw source.truncated(count);
    }
    return read;
  }

  private int readOn(byte[] into, int offset, int length) throws IOException {
    try {
      return source.stream().read(into, offset, length);
    } catch (IOException e) {
      broken = true;
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    source.stream().close();
  }
}
