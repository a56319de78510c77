package dev.vitrine.registry;

import dev.vitrine.image.ImageData;
import dev.vitrine.task.Progress;
import java.util.UUID;

/** What whoever moves data tells of it. */
public interface TransferNotes {

  /**
   * Takes so many bytes for the upload to that location from the project's quota, if it has fewer;
   * to be called before they are written. They are given back when the upload fails or the image is
   * deleted, and are the image's size once it is complete. Without a quota, does nothing at all.
   *
   * <p>{@code TooLarge} if there is no room; {@code Conflict} if the upload is over.
   */
  void reserve(UUID imageId, UUID locationId, long bytes);

  /**
   * Notes what was measured of the data that was published at a {@code pending} location. Only who
   * wrote it there may say so; what is noted is what {@link Uploads#complete} believes. {@code
   * Conflict} if the upload is over.
   */
  void recordMeasured(UUID imageId, UUID locationId, ImageData data);

  /**
   * Notes that what is written to a {@code pending} location was converted to that disk format,
   * which becomes its image's once it is imported. {@code Conflict} if that is over.
   */
  void recordConverted(UUID imageId, UUID locationId, String diskFormat);

  /**
   * Gives an image that is imported what it has of the one that it is imported from; undone if the
   * import fails. {@code Conflict} if that import does not hold the image; {@code Invalid} or
   * {@code TooLarge} if an image may not be so.
   */
  void describeImported(UUID taskId, UUID imageId, ImportedDescription description);

  /**
   * Notes that the data of an export is published where the task wanted it. Only who wrote it there
   * may say so. Without effect on a task that is not {@code processing}.
   */
  void recordExported(UUID taskId);

  /**
   * Notes how far a {@code processing} task is, and as its message what it waits for; without
   * effect on any other.
   */
  void recordProgress(UUID taskId, Progress progress);
}
