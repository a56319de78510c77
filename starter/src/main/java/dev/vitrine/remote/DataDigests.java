package dev.vitrine.remote;

import dev.vitrine.image.ImageData;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What is known of data once it has passed: its size, MD5 and SHA-512. For one thread at a time.
 */
final class DataDigests {

  private final MessageDigest md5 = digest("MD5");
  private final MessageDigest sha512 = digest("SHA-512");
  private final boolean digesting;
  private long size;

  DataDigests() {
    this(true);
  }

  private DataDigests(boolean digesting) {
    this.digesting = digesting;
  }

  /** Counts, and has no digests to give. */
  static DataDigests ofSizeOnly() {
    return new DataDigests(false);
  }

  void update(byte[] bytes, int length) {
    if (digesting) {
      md5.update(bytes, 0, length);
      sha512.update(bytes, 0, length);
    }
    size += length;
  }

  long size() {
    return size;
  }

  /** What passed; ends the counting. */
  ImageData finish() {
    if (!digesting) {
      throw new IllegalStateException("nothing was digested");
    }
    return new ImageData(size, hex(md5), hex(sha512));
  }

  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no " + algorithm, e);
    }
  }
}
