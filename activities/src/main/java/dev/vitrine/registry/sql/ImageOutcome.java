package dev.vitrine.registry.sql;

import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageData;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a change of an image's status may change along with it.
 *
 * @param reserved bytes kept for an upload in the project's quota; 0 once it is over
 * @param scrubDelay how long the data of an image that becomes {@code pending_delete} is kept
 */
record ImageOutcome(
    @Nullable Long size,
    @Nullable Long virtualSize,
    @Nullable String checksum,
    @Nullable String hashAlgo,
    @Nullable String hashValue,
    @Nullable FailurePolicy policy,
    long reserved,
    Duration scrubDelay) {

  static ImageOutcome of(Image image) {
    return new ImageOutcome(
        image.size(),
        image.virtualSize(),
        image.checksum(),
        image.osHashAlgo(),
        image.osHashValue(),
        image.failurePolicy(),
        0,
        Duration.ZERO);
  }

  ImageOutcome with(ImageData data) {
    return new ImageOutcome(
        data.size(),
        data.virtualSize(),
        data.checksum(),
        ImageData.HASH_ALGO,
        data.sha512(),
        policy,
        0,
        scrubDelay);
  }

  ImageOutcome withoutData() {
    return new ImageOutcome(null, null, null, null, null, policy, 0, scrubDelay);
  }

  ImageOutcome with(@Nullable FailurePolicy newPolicy, long newReserved) {
    return new ImageOutcome(
        size, virtualSize, checksum, hashAlgo, hashValue, newPolicy, newReserved, scrubDelay);
  }

  ImageOutcome with(Duration newScrubDelay) {
    return new ImageOutcome(
        size, virtualSize, checksum, hashAlgo, hashValue, policy, reserved, newScrubDelay);
  }

  Instant scrubAt(Instant now) {
    return now.plus(scrubDelay).truncatedTo(ChronoUnit.MICROS);
  }
}
