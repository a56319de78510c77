package dev.vitrine.activity;

import dev.vitrine.image.ImageData;
import dev.vitrine.json.Wire;
import org.jspecify.annotations.Nullable;

/**
 * What a transfer brought in, in the form of {@link ImageData}, which it was alone once.
 *
 * @param virtualSize null where the data was not inspected
 * @param attempts how many it took; null in histories of releases that did not say
 */
@Wire
public record Transferred(
    long size,
    String checksum,
    String sha512,
    @Nullable Long virtualSize,
    @Nullable Integer attempts) {

  /** What an attempt brought in. */
  public static Transferred of(ImageData data, int attempts) {
    return new Transferred(
        data.size(), data.checksum(), data.sha512(), data.virtualSize(), attempts);
  }

  /** What was measured. */
  public ImageData data() {
    return new ImageData(size, checksum, sha512, virtualSize);
  }
}
