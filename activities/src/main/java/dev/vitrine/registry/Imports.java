package dev.vitrine.registry;

import dev.vitrine.activity.ImportOrder;
import dev.vitrine.activity.ImportPlan;
import dev.vitrine.activity.Operation;
import dev.vitrine.image.Image;
import dev.vitrine.image.Location;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The way of an image from {@code queued} over {@code uploading} and {@code importing} to {@code
 * active}, and back; and of an {@code active} one into further stores. One import at a time holds
 * an image, and what excludes a second one ends with the first: nothing has to expire.
 */
public interface Imports {

  /**
   * Edge 18, with a new {@code pending} location in that store; it counts as an upload. A repeat
   * returns the location of the first call, or is a {@code Conflict} once that stage is over.
   * {@code TooLarge} if the project's quota has no room for the declared size.
   *
   * @param declaredSize bytes; null if not known, for {@link TransferNotes#reserve} to take them
   */
  Location beginStage(Operation operation, UUID imageId, String store, @Nullable Long declaredSize);

  /**
   * Requires that the data of a stage is there: its image is {@code uploading}, and whoever wrote
   * it has noted what was measured. Nothing changes but what is kept of the project's quota.
   *
   * @return the image, whose size is shown once it is {@code active}
   */
  Image completeStage(UUID imageId, UUID locationId);

  /**
   * Edge 19: every location left {@code pending_delete}.
   *
   * @param locationId that {@link #beginStage} gave: {@code Conflict} if another stage holds the
   *     image; null for whichever does
   */
  Image failStage(Operation operation, UUID imageId, @Nullable UUID locationId);

  /** Requires what {@link #begin} requires of an image, and changes nothing. */
  void require(UUID imageId, ImportOrder order);

  /**
   * Edge 20 or 21, edge 3 for data elsewhere of which nothing was said, or none for an image that
   * is {@code active} and gets copies. A new {@code pending} location in each store but that of the
   * staged data. The task is what makes a repeat: it gets the same plan, or what came of it once it
   * is over. {@code Conflict} if another import holds the image, naming its task; {@code Invalid}
   * if the image has no formats, or data in a store that was named.
   */
  ImportPlan begin(Operation operation, UUID taskId, UUID imageId, ImportOrder order);

  /**
   * Edge 22, or none: locations that have data become {@code active}, the others {@code
   * pending_delete}. {@code Conflict} if the task's import doesn't hold the image, a location has
   * no measured data, or two have not the same.
   *
   * @param stored locations of the plan that have the data
   * @param failed the stores that have not, kept until the next import
   * @param given properties that an image gets which becomes {@code active}, in place of its own
   */
  Image succeed(
      Operation operation,
      UUID taskId,
      UUID imageId,
      Collection<UUID> stored,
      Collection<String> failed,
      Map<String, String> given);

  /** The same without properties. */
  default Image succeed(
      Operation operation,
      UUID taskId,
      UUID imageId,
      Collection<UUID> stored,
      Collection<String> failed) {
    return succeed(operation, taskId, imageId, stored, failed, Map.of());
  }

  /**
   * Edge 23, or none: whatever the import has made becomes {@code pending_delete}, and what was
   * staged as well. An image that got copies keeps those it had.
   *
   * @param failed the stores that are named as the reason
   * @return the locations that are to be removed now; none of a deleted image, whose deletion does
   */
  List<Location> fail(Operation operation, UUID taskId, UUID imageId, Collection<String> failed);
}
