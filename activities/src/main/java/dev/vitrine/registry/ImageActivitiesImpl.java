package dev.vitrine.registry;

import static dev.vitrine.error.Failures.carrying;

import dev.vitrine.access.ImageOperation;
import dev.vitrine.access.Requester;
import dev.vitrine.activity.ImageActivities;
import dev.vitrine.activity.Operation;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.Location;
import dev.vitrine.image.NewImage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The image activities: who may do it, then the registry. Safe for use by many threads. */
public final class ImageActivitiesImpl implements ImageActivities {

  private final Registry registry;
  private final GuardedImages images;
  private final String defaultStore;

  /**
   * Activities on that registry.
   *
   * @param defaultStore the store that uploads go to
   */
  public ImageActivitiesImpl(Registry registry, String defaultStore) {
    this.registry = registry;
    this.images = new GuardedImages(registry);
    this.defaultStore = defaultStore;
  }

  @Override
  public Image registerImage(Operation operation, NewImage image, Requester by) {
    return carrying(() -> images.register(operation, image, by));
  }

  @Override
  public Image addLocation(Operation operation, UUID imageId, String url, Requester by) {
    return carrying(() -> images.addLocation(operation, imageId, url, by));
  }

  @Override
  public Location beginUpload(
      Operation operation,
      UUID imageId,
      FailurePolicy policy,
      Requester by,
      @Nullable Long declaredSize) {
    return carrying(
        () -> {
          images.permit(ImageOperation.UPLOAD, imageId, by);
          return registry.beginUpload(operation, imageId, policy, defaultStore, declaredSize);
        });
  }

  @Override
  public Image completeUpload(Operation operation, UUID imageId, UUID locationId, ImageData data) {
    return carrying(() -> registry.completeUpload(operation, imageId, locationId, data));
  }

  @Override
  public Image failUpload(Operation operation, UUID imageId, FailurePolicy policy) {
    return carrying(() -> registry.failUpload(operation, imageId, policy));
  }

  @Override
  public Image deleteImage(Operation operation, UUID imageId, Requester by, Duration delay) {
    return carrying(
        () -> {
          images.permit(ImageOperation.DELETE, imageId, by);
          return registry.deleteImage(operation, imageId, delay);
        });
  }

  @Override
  public Image completeScrub(Operation operation, UUID imageId) {
    return carrying(() -> registry.completeScrub(operation, imageId));
  }

  @Override
  public Image deactivate(Operation operation, UUID imageId, Requester by) {
    return carrying(() -> images.deactivate(operation, imageId, by));
  }

  @Override
  public Image reactivate(Operation operation, UUID imageId, Requester by) {
    return carrying(() -> images.reactivate(operation, imageId, by));
  }

  @Override
  public Optional<Image> findImage(UUID imageId, Requester by) {
    return carrying(() -> images.find(imageId, by));
  }

  @Override
  public Image requireData(UUID imageId, Requester by, String verb) {
    return carrying(() -> images.requireData(imageId, by, verb));
  }

  @Override
  public List<Location> locations(UUID imageId) {
    return carrying(() -> registry.locations(imageId));
  }
}
