package dev.vitrine.task;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.ImageData;
import dev.vitrine.json.Wire;
import org.jspecify.annotations.Nullable;

/**
 * What was said of data that lies elsewhere. Field names on the wire are Glance's.
 *
 * @param osHashAlgo {@code sha512}, which is what images have here
 * @param osHashValue 128 lower-case hexadecimal digits
 * @param checksum MD5, 32 lower-case hexadecimal digits; null if nothing was said of it
 */
@Wire
public record ValidationData(String osHashAlgo, String osHashValue, @Nullable String checksum) {

  public ValidationData {
    if (!ImageData.HASH_ALGO.equals(osHashAlgo)) {
      throw new Invalid(
          "validation_data: os_hash_algo is '%s'; give '%s', which is what images have here"
              .formatted(osHashAlgo, ImageData.HASH_ALGO));
    }
    ExpectedData unused = new ExpectedData(null, checksum, osHashValue);
  }

  /** The same as the data is checked against. */
  public ExpectedData expected() {
    return new ExpectedData(null, checksum, osHashValue);
  }
}
