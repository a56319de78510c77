package dev.vitrine.registry;

import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageData;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a change of an image's status may change along with it. */
record Facts(
    @Nullable Long size,
    @Nullable String checksum,
    @Nullable String hashAlgo,
    @Nullable String hashValue,
    @Nullable FailurePolicy policy,
    @Nullable Instant scrubAt) {

  static Facts of(Image image) {
    return new Facts(
        image.size(),
        image.checksum(),
        image.osHashAlgo(),
        image.osHashValue(),
        image.failurePolicy(),
        image.scrubAt());
  }

  Facts with(ImageData data) {
    return new Facts(
        data.size(), data.checksum(), ImageData.HASH_ALGO, data.sha512(), policy, scrubAt);
  }

  Facts withoutData() {
    return new Facts(null, null, null, null, policy, scrubAt);
  }

  Facts with(FailurePolicy newPolicy) {
    return new Facts(size, checksum, hashAlgo, hashValue, newPolicy, scrubAt);
  }

  Facts scrubbedAt(Instant time) {
    return new Facts(size, checksum, hashAlgo, hashValue, policy, time);
  }
}
