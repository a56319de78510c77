package dev.vitrine.activity;

import io.temporal.activity.ActivityInterface;
import java.util.UUID;

/**
 * What is done within the workflow task that asks for it, where little data is at hand. Local
 * activities: they cost next to nothing, and show no attempts. What isn't done so is no failure;
 * the workflow then goes the way of {@link TransferActivities}, on from where this has stopped.
 */
@ActivityInterface
public interface AtOnceActivities {

  /**
   * Brings an image's data in from beginning to end: {@code saving}, transfer, {@code active}.
   * Changes nothing if the data is not at hand in this process, or not known to be small.
   * Idempotent by the operations' ids.
   *
   * <p>Fails only as beginning an upload is refused: the image is as it was.
   */
  AtOnceOutcome uploadAtOnce(AtOnceUpload upload);

  /**
   * Removes the data of an image that is {@code deleted}, if its stores answer at once. Idempotent.
   *
   * @return what is left for others, which may be all
   */
  AtOnceRemoval removeAtOnce(UUID imageId);
}
