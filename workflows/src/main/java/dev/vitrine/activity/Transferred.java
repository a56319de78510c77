package dev.vitrine.activity;

import dev.vitrine.image.ImageData;
import dev.vitrine.json.Wire;
import org.jspecify.annotations.Nullable;

/**
 * What a transfer brought in, in the form of {@link ImageData}, which it was alone once.
 *
 * @param virtualSize null where the data was not inspected
 * @param attempts how many it took; null in histories of releases that did not say
 * @param copiedWithin the store that has copied its own data, so that no bytes were moved; null
 *     where they were, or where it was not told
 */
@Wire
public record Transferred(
    long size,
    String checksum,
    String sha512,
    @Nullable Long virtualSize,
    @Nullable Integer attempts,
    @Nullable String copiedWithin) {

  /** What an attempt brought in. */
  public static Transferred of(ImageData data, int attempts) {
    return new Transferred(
        data.size(), data.checksum(), data.sha512(), data.virtualSize(), attempts, null);
  }

  /** The same, which that store has copied; null for no store. */
  public Transferred copiedWithin(@Nullable String store) {
    return new Transferred(size, checksum, sha512, virtualSize, attempts, store);
  }

  /** How many bytes went through the worker: none of what a store has copied. */
  public long moved() {
    return copiedWithin == null ? size : 0;
  }

  /** What was measured. */
  public ImageData data() {
    return new ImageData(size, checksum, sha512, virtualSize);
  }
}
