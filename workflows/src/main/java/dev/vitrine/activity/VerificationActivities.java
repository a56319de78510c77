package dev.vitrine.activity;

import io.temporal.activity.ActivityInterface;
import java.util.UUID;

/**
 * The comparison of what stores have with what is recorded. Long: regular activities that heartbeat
 * how far they are. They change nothing but where they say so.
 */
@ActivityInterface
public interface VerificationActivities {

  /**
   * Reads all of an image's data at one place, and compares its size and digests. Another attempt
   * begins at its first byte: digests have no middle that another process could go on from.
   */
  LocationCheck verifyLocation(UUID imageId, UUID locationId);

  /**
   * Goes through a stretch of what rows know and stores have, for some minutes. Changes nothing
   * unless the order is to repair; then each repair is one that may be repeated. Another attempt
   * goes on where this one was.
   */
  SweepStretch sweep(SweepRequest request);
}
