package dev.vitrine.step;

import static dev.vitrine.error.Failures.carrying;

import dev.vitrine.access.Requester;
import dev.vitrine.access.TaskAccess;
import dev.vitrine.activity.ImageActivities;
import dev.vitrine.activity.Operation;
import dev.vitrine.error.Excerpt;
import dev.vitrine.guard.GuardedImages;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.image.ImageUploads;
import dev.vitrine.image.Location;
import dev.vitrine.image.NewImage;
import dev.vitrine.image.StoreNames;
import dev.vitrine.registry.Registry;
import dev.vitrine.task.Task;
import dev.vitrine.task.TaskInput;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The image activities: who may do it, then the registry. Safe for use by many threads. */
public final class ImageActivitiesImpl implements ImageActivities {

  private final Registry registry;
  private final GuardedImages images;
  private final StoreNames stores;

  /**
   * Activities on that registry.
   *
   * @param stores those that uploads may go to
   */
  public ImageActivitiesImpl(Registry registry, GuardedImages images, StoreNames stores) {
    this.registry = registry;
    this.images = images;
    this.stores = stores;
  }

  @Override
  public ImageSummary registerImage(Operation operation, NewImage image, Requester by) {
    return carrying(() -> ImageSummary.of(images.register(operation, image, by)));
  }

  @Override
  public ImageSummary registerImageOfTask(
      Operation operation, UUID taskId, UUID imageId, Requester by) {
    return carrying(
        () -> {
          Task task =
              registry.taskRuns().find(taskId).orElseThrow(() -> TaskAccess.notFound(taskId));
          if (task.input() instanceof TaskInput.Clone clone) {
            images.data().require(clone.imageId(), by, "clone");
          }
          NewImage image = new NewImageOfTask(registry.lookup()).describe(task, imageId);
          return ImageSummary.of(images.register(operation, image, by));
        });
  }

  @Override
  public ImageSummary addLocation(Operation operation, UUID imageId, String url, Requester by) {
    return carrying(() -> ImageSummary.of(images.addLocation(operation, imageId, url, by)));
  }

  @Override
  public Location beginUpload(
      Operation operation,
      UUID imageId,
      FailurePolicy policy,
      Requester by,
      @Nullable Long declaredSize,
      @Nullable String store) {
    return carrying(
        () ->
            images.beginUpload(
                operation,
                imageId,
                policy,
                stores.destination("image " + imageId, store),
                declaredSize,
                by));
  }

  @Override
  public ImageSummary completeUpload(
      Operation operation, UUID imageId, UUID locationId, ImageData data) {
    return carrying(
        () -> ImageSummary.of(registry.uploads().complete(operation, imageId, locationId, data)));
  }

  @Override
  public ImageSummary failUpload(
      Operation operation, UUID imageId, FailurePolicy policy, @Nullable UUID locationId) {
    return carrying(
        () ->
            ImageSummary.of(
                locationId == null
                    ? registry.uploads().fail(operation, imageId, policy)
                    : registry.uploads().fail(operation, imageId, policy, locationId)));
  }

  @Override
  public ImageUploads uploads(UUID imageId) {
    return carrying(() -> registry.uploads().of(imageId));
  }

  @Override
  public ImageSummary deleteImage(Operation operation, UUID imageId, Requester by, Duration delay) {
    return carrying(() -> ImageSummary.of(images.beginDeletion(operation, imageId, by, delay)));
  }

  @Override
  public ImageSummary completeScrub(Operation operation, UUID imageId) {
    return carrying(() -> ImageSummary.of(registry.deletions().completeScrub(operation, imageId)));
  }

  @Override
  public ImageSummary deactivate(Operation operation, UUID imageId, Requester by) {
    return carrying(() -> ImageSummary.of(images.deactivate(operation, imageId, by)));
  }

  @Override
  public ImageSummary reactivate(Operation operation, UUID imageId, Requester by) {
    return carrying(() -> ImageSummary.of(images.reactivate(operation, imageId, by)));
  }

  @Override
  public Optional<ImageSummary> findImage(UUID imageId, Requester by) {
    return carrying(() -> images.find(imageId, by).map(ImageSummary::of));
  }

  @Override
  public ImageSummary requireData(UUID imageId, Requester by, String verb) {
    return carrying(() -> ImageSummary.of(images.data().require(imageId, by, verb)));
  }

  @Override
  public List<Location> locations(UUID imageId) {
    return carrying(
        () -> registry.locations().of(imageId).stream().map(ImageActivitiesImpl::bounded).toList());
  }

  /** A URL elsewhere may be of any length, and nothing that workflows do is done with it. */
  private static Location bounded(Location location) {
    return location.store().equals(Location.EXTERNAL)
        ? new Location(
            location.id(),
            location.imageId(),
            location.store(),
            Excerpt.value(location.key()),
            location.status(),
            location.updatedAt())
        : location;
  }
}
