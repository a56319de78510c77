package dev.vitrine.torture;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/** Data that a number stands for, and what data is told by. */
final class TortureData {

  private static final int BUFFER = 1 << 16;

  private TortureData() {}

  static byte[] of(long seed, int size) {
    byte[] data = new byte[size];
    new Random(seed).nextBytes(data);
    return data;
  }

  static String sha512(byte[] data) {
    return HexFormat.of().formatHex(digest().digest(data));
  }

  static String sha512(InputStream data) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[BUFFER];
    for (int read = data.read(buffer); read >= 0; read = data.read(buffer)) {
      digest.update(buffer, 0, read);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-512");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
