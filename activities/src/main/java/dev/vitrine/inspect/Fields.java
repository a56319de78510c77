package dev.vitrine.inspect;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reading the fields of a header. */
final class Fields {

  private Fields() {}

  static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static ByteBuffer big(byte[] bytes) {
    return ByteBuffer.wrap(bytes);
  }

  /**
   * Whether the bytes there are those.
   *
   * @param expected each character is a byte
   */
  static boolean has(byte[] bytes, int offset, String expected) {
    byte[] wanted = expected.getBytes(StandardCharsets.ISO_8859_1);
    if (offset + wanted.length > bytes.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (bytes[offset + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
