package dev.vitrine.source;

import dev.vitrine.image.ImageData;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/** Data to move, and what has to be measured of it. */
public final class SampleData {

  private SampleData() {}

  /** Bytes that don't compress, the same for the same seed. */
  public static byte[] random(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Size and digests, by the Java runtime at one go. */
  public static ImageData digests(byte[] data) {
    return new ImageData(data.length, hex("MD5", data), hex("SHA-512", data));
  }

  private static String hex(String algorithm, byte[] data) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(data));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
