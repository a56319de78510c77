package dev.vitrine.inspect;

import java.util.Arrays;

/** The last bytes of data that passes: as many as a format keeps anything in. */
final class Tail {

  /** The marker, footer and end of a VMDK, a sector each. */
  static final int LENGTH = 3 * 512;

  private final byte[] bytes = new byte[LENGTH];
  private int length;

  void take(byte[] from, int offset, int count) {
    if (count >= LENGTH) {
      System.arraycopy(from, offset + count - LENGTH, bytes, 0, LENGTH);
      length = LENGTH;
      return;
    }
    int kept = Math.min(length, LENGTH - count);
    System.arraycopy(bytes, length - kept, bytes, 0, kept);
    System.arraycopy(from, offset, bytes, kept, count);
    length = kept + count;
  }

  /** Whether the data has as many bytes. */
  boolean has(int count) {
    return length >= count;
  }

  /** The last bytes; there have to be as many. */
  byte[] last(int count) {
    return Arrays.copyOfRange(bytes, length - count, length);
  }
}
