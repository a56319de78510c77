package dev.vitrine.image;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.json.Wire;
import org.jspecify.annotations.Nullable;

/**
 * What is known of data once it is all there, measured over the bytes that were stored.
 *
 * @param size bytes, at least 0
 * @param checksum MD5, 32 lower-case hexadecimal digits
 * @param sha512 SHA-512, 128 lower-case hexadecimal digits
 * @param virtualSize bytes of the disk that the data describes, at least 0; null if not known, as
 *     it isn't where a release that doesn't inspect data has measured it
 */
@Wire
public record ImageData(long size, String checksum, String sha512, @Nullable Long virtualSize) {

  /** {@code os_hash_algo} as Glance names it. */
  public static final String HASH_ALGO = "sha512";

  @SuppressWarnings("ConstantValue") // What was written by hand may lack them.
  public ImageData {
    if (size < 0
        || (virtualSize != null && virtualSize < 0)
        || checksum == null
        || sha512 == null
        || !checksum.matches("[0-9a-f]{32}")
        || !sha512.matches("[0-9a-f]{128}")) {
      throw new Invalid(
          "image data of size %d, checksum '%s', sha512 '%s', virtual size %s: not sizes and two digests in"
                  .formatted(size, checksum, sha512, virtualSize)
              + " lower-case hexadecimal");
    }
  }

  /** Of data that was not inspected. */
  public ImageData(long size, String checksum, String sha512) {
    this(size, checksum, sha512, null);
  }

  /** The same, of which the size of the disk is known. */
  public ImageData describing(@Nullable Long newVirtualSize) {
    return new ImageData(size, checksum, sha512, newVirtualSize);
  }
}
