package dev.vitrine.remote;

import dev.vitrine.error.VitrineException.DataMismatch;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks received data against the best digest that the server says an image has: its {@code
 * os_hash_value}, or else its MD5.
 */
final class DigestCheck {

  private final RemoteImage image;
  private final @Nullable String expected;
  private final @Nullable MessageDigest digest;

  private DigestCheck(
      RemoteImage image, @Nullable String expected, @Nullable MessageDigest digest) {
    this.image = image;
    this.expected = expected;
    this.digest = digest;
  }

  static DigestCheck of(RemoteImage image) {
    String strong = image.hashValue();
    if (strong != null) {
      Optional<MessageDigest> known = digest(image.hashAlgorithm());
      if (known.isPresent()) {
        return new DigestCheck(image, strong, known.get());
      }
    }
    String md5 = image.checksum();
    return md5 == null
        ? new DigestCheck(image, null, null)
        : new DigestCheck(image, md5, digest("md5").orElse(null));
  }

  /** The digest that the data must have; null if the server says none. */
  @Nullable String expected() {
    return expected;
  }

  /** Whether there is anything to compare. */
  boolean canTell() {
    return digest != null;
  }

  void update(byte[] bytes, int length) {
    if (digest != null) {
      digest.update(bytes, 0, length);
    }
  }

  /**
   * Compares; ends the check.
   *
   * @throws DataMismatch naming both digests
   */
  void verify() {
    if (digest == null || expected == null) {
      return;
    }
    String actual = DataDigests.hex(digest);
    if (!actual.equalsIgnoreCase(expected)) {
      throw new DataMismatch(
          "image %s: the data that arrived has the %s %s, and the image %s"
              .formatted(image.id(), digest.getAlgorithm(), actual, expected));
    }
  }

  /** Python's names of algorithms, which Glance uses, are Java's without the hyphen. */
  private static Optional<MessageDigest> digest(@Nullable String algorithm) {
    if (algorithm == null) {
      return Optional.empty();
    }
    String name =
        algorithm
            .toUpperCase(Locale.ROOT)
            .replaceFirst("^SHA(\\d+)$", "SHA-$1")
            .replaceFirst("^SHA3_", "SHA3-");
    try {
      return Optional.of(MessageDigest.getInstance(name));
    } catch (NoSuchAlgorithmException e) {
      return Optional.empty();
    }
  }
}
