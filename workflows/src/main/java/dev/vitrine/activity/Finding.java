package dev.vitrine.activity;

import dev.vitrine.image.FailurePolicy;
import dev.vitrine.json.Wire;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something in the registry that no live workflow is going to settle.
 *
 * @param imageId the image it is about; null if none
 * @param taskId the task it is about; null if none
 * @param locationId the location it is about; null if none
 * @param policy of an abandoned upload; null otherwise
 * @param detail what was found, in words
 * @param store of a location; null otherwise
 */
@Wire
public record Finding(
    Kind kind,
    @Nullable UUID imageId,
    @Nullable UUID taskId,
    @Nullable UUID locationId,
    @Nullable FailurePolicy policy,
    String detail,
    @Nullable String store) {

  /** What there is to settle. */
  public enum Kind {
    /** An image is {@code saving} without a live upload. */
    ABANDONED_UPLOAD,
    /** A task is {@code pending} or {@code processing} without a live workflow. */
    ABANDONED_TASK,
    /**
     * An image is {@code pending_delete}, or {@code deleted} with data left, without a deletion.
     */
    UNFINISHED_DELETION,
    /** A location is {@code pending_delete} though its image isn't deleted. */
    LEFTOVER_LOCATION,
    /**
     * An image is {@code uploading} without a live stage, and either has nothing staged or for
     * longer than the staging time.
     */
    ABANDONED_STAGE,
    /** An image is {@code importing}, or gets copies, without a live import. */
    ABANDONED_IMPORT
  }
}
