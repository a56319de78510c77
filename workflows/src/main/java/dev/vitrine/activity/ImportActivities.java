package dev.vitrine.activity;

import dev.vitrine.access.Requester;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.image.Location;
import io.temporal.activity.ActivityInterface;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes of images in the registry that stages and imports make. Short; meant as local activities.
 * Idempotent and failing as {@link ImageActivities}, and those of an import by its task.
 */
@ActivityInterface
public interface ImportActivities {

  /**
   * Edge 18, and in the same transaction a {@code pending} location. {@code TooLarge} if the
   * project's quota has no room for the declared size.
   *
   * @param store where the data is to be; null for the default one
   * @param declaredSize bytes; null if none was declared
   * @return the location to write to
   */
  Location beginStage(
      Operation operation,
      UUID imageId,
      @Nullable String store,
      Requester by,
      @Nullable Long declaredSize);

  /**
   * Requires that the data is staged: {@code Conflict} if the process that wrote it has not noted
   * what it measured.
   */
  ImageSummary completeStage(UUID imageId, UUID locationId);

  /**
   * Edge 19; whatever location is left becomes {@code pending_delete}.
   *
   * @param locationId of the stage that failed: {@code Conflict} if another holds the image; null
   *     for whichever does
   */
  ImageSummary failStage(Operation operation, UUID imageId, @Nullable UUID locationId);

  /**
   * Edge 20 or 21, or none for copies of an {@code active} image; and in the same transaction a
   * {@code pending} location in each store. {@code Conflict} if another import holds the image.
   */
  ImportPlan beginImport(
      Operation operation, UUID taskId, UUID imageId, ImportOrder order, Requester by);

  /**
   * Edge 22, or none. {@code Conflict} if no measured data is noted for one of the locations: a
   * result alone proves nothing.
   *
   * @param stored locations that have the data
   * @param failed stores that have not
   */
  ImageSummary succeedImport(
      Operation operation, UUID taskId, UUID imageId, List<UUID> stored, List<String> failed);

  /**
   * Edge 23, or none; without effect on an import that is over.
   *
   * @param failed stores that are named as the reason
   * @return the locations whose data is to be removed
   */
  List<Location> failImport(Operation operation, UUID taskId, UUID imageId, List<String> failed);
}
