package dev.vitrine.workflow.deletion;

import dev.vitrine.access.Requester;
import dev.vitrine.json.Wire;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One deletion.
 *
 * @param delay the scrub time: how long the data is kept; zero for an immediate deletion
 * @param decided whether the image is {@code deleted} or {@code pending_delete} already, so that
 *     only its data is left to be removed
 * @param upload the workflow of the upload that was going on when that was decided, and doesn't
 *     know of it; null if none
 * @param atOnce whether nothing is left but to remove the data now, which may be done within the
 *     first workflow task
 */
@Wire
public record DeletionRequest(
    UUID imageId,
    Requester by,
    Duration delay,
    boolean decided,
    @Nullable String upload,
    boolean atOnce) {

  @SuppressWarnings("ConstantValue")
  public DeletionRequest {
    delay = delay == null || delay.isNegative() ? Duration.ZERO : delay;
  }

  /** One that has everything before it. */
  public DeletionRequest(UUID imageId, Requester by, Duration delay) {
    this(imageId, by, delay, false, null, false);
  }

  /**
   * One of an image that the registry has deleted.
   *
   * @param upload null if none was going on
   */
  public static DeletionRequest ofDeleted(UUID imageId, Requester by, @Nullable String upload) {
    return new DeletionRequest(imageId, by, Duration.ZERO, true, upload, false);
  }

  /** One of an image that is {@code deleted}, of which no upload was going on. */
  public static DeletionRequest ofData(UUID imageId, Requester by) {
    return new DeletionRequest(imageId, by, Duration.ZERO, true, null, true);
  }
}
