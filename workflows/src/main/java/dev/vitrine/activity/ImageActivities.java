package dev.vitrine.activity;

import dev.vitrine.access.Requester;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.image.ImageUploads;
import dev.vitrine.image.Location;
import dev.vitrine.image.NewImage;
import io.temporal.activity.ActivityInterface;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes and reads of images in the registry. Short; meant as local activities.
 *
 * <p>Every change is idempotent by {@link Operation#id}: the second call with the same id changes
 * nothing and returns the image as it is now. No image's metadata is in an answer: that may be more
 * than Temporal takes, and the registry has it. Errors arrive as failures whose type is the {@link
 * dev.vitrine.error.VitrineException} kind; a change that has no edge from the present status is a
 * {@code Conflict} and changes nothing.
 */
@ActivityInterface
public interface ImageActivities {

  /** Edges 1 and 2: reserves the id. {@code Conflict} if the id was ever used. */
  ImageSummary registerImage(Operation operation, NewImage image, Requester by);

  /**
   * Edge 1 for the image that an import or a clone makes: with the metadata of the task's input,
   * and a clone's of the original beneath that, all read from the registry.
   *
   * @param imageId the id to reserve
   */
  ImageSummary registerImageOfTask(Operation operation, UUID taskId, UUID imageId, Requester by);

  /**
   * Edge 3, for an image's first location; {@code Conflict} if it isn't {@code queued}.
   *
   * @param url an {@code http} or {@code https} URL, else {@code Invalid}
   */
  ImageSummary addLocation(Operation operation, UUID imageId, String url, Requester by);

  /**
   * Edge 4, and in the same transaction a {@code pending} location under a key of its own. {@code
   * TooLarge} if the project's quota has no room for the declared size.
   *
   * @param declaredSize bytes; null if none was declared
   * @param store by its name; null for the one that uploads go to
   * @return the location to write to
   */
  Location beginUpload(
      Operation operation,
      UUID imageId,
      FailurePolicy policy,
      Requester by,
      @Nullable Long declaredSize,
      @Nullable String store);

  /**
   * Edge 6: records size and digests and makes the location {@code active}. {@code Conflict} if the
   * process that wrote the data has not noted what it measured: a result alone proves nothing.
   *
   * @param data what the transfer returned; what was noted counts
   */
  ImageSummary completeUpload(Operation operation, UUID imageId, UUID locationId, ImageData data);

  /**
   * Edge 7 or 8: clears size and digests; whatever location is left becomes {@code pending_delete}.
   *
   * @param locationId of the upload that failed: {@code Conflict} if another holds the image; null
   *     for whichever does
   */
  ImageSummary failUpload(
      Operation operation, UUID imageId, FailurePolicy policy, @Nullable UUID locationId);

  /** How many uploads of the image have begun, and which workflow is the last one. */
  ImageUploads uploads(UUID imageId);

  /**
   * Edges 5, 9, 10, 14 and 16, or 11 and 15 where there is a delay and the image has data. All its
   * locations become {@code pending_delete} in the same transaction. {@code Forbidden} if the image
   * is protected.
   *
   * @param delay the scrub time, which the registry keeps as {@link ImageSummary#scrubAt}; zero for
   *     none
   */
  ImageSummary deleteImage(Operation operation, UUID imageId, Requester by, Duration delay);

  /** Edge 17. */
  ImageSummary completeScrub(Operation operation, UUID imageId);

  /** Edge 12. Takes an admin. */
  ImageSummary deactivate(Operation operation, UUID imageId, Requester by);

  /** Edge 13. Takes an admin. */
  ImageSummary reactivate(Operation operation, UUID imageId, Requester by);

  /** The image, whatever its status; empty if there is none or {@code by} may not see it. */
  Optional<ImageSummary> findImage(UUID imageId, Requester by);

  /**
   * The image, if its data may be read by {@code by}.
   *
   * @param verb what is to be done with the data, for the message: {@code export}
   */
  ImageSummary requireData(UUID imageId, Requester by, String verb);

  /** The image's locations, in the order of their creation. */
  List<Location> locations(UUID imageId);
}
