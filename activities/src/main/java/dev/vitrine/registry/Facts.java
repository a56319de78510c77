package dev.vitrine.registry;

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
record Facts(
    @Nullable Long size,
    @Nullable String checksum,
    @Nullable String hashAlgo,
    @Nullable String hashValue,
    @Nullable FailurePolicy policy,
    long reserved,
    Duration scrubDelay) {

  static Facts of(Image image) {
    return new Facts(
        image.size(),
        image.checksum(),
        image.osHashAlgo(),
        image.osHashValue(),
        image.failurePolicy(),
        0,
        Duration.ZERO);
  }

  Facts with(ImageData data) {
    return new Facts(
        data.size(), data.checksum(), ImageData.HASH_ALGO, data.sha512(), policy, 0, scrubDelay);
  }

  Facts withoutData() {
    return new Facts(null, null, null, null, policy, 0, scrubDelay);
  }

  Facts with(FailurePolicy newPolicy, long newReserved) {
    return new Facts(size, checksum, hashAlgo, hashValue, newPolicy, newReserved, scrubDelay);
  }

  Facts with(Duration newScrubDelay) {
    return new Facts(size, checksum, hashAlgo, hashValue, policy, reserved, newScrubDelay);
  }

  Instant scrubAt(Instant now) {
    return now.plus(scrubDelay).truncatedTo(ChronoUnit.MICROS);
  }
}
