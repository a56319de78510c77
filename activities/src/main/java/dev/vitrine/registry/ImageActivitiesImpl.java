package dev.vitrine.registry;

import static dev.vitrine.error.Failures.carrying;

import dev.vitrine.activity.ImageActivities;
import dev.vitrine.activity.Operation;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageAccess;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.Location;
import dev.vitrine.image.NewImage;
import dev.vitrine.image.Requester;
import dev.vitrine.image.Visibility;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The image activities: who may do it, then the registry. Safe for use by many threads. */
public final class ImageActivitiesImpl implements ImageActivities {

  private final Registry registry;
  private final String defaultStore;

  /**
   * Activities on that registry.
   *
   * @param defaultStore the store that uploads go to
   */
  public ImageActivitiesImpl(Registry registry, String defaultStore) {
    this.registry = registry;
    this.defaultStore = defaultStore;
  }

  @Override
  public Image registerImage(Operation operation, NewImage image, Requester by) {
    return carrying(
        () -> {
          requireCreate(image, by);
          return registry.createImage(operation, image);
        });
  }

  /** Source: Glance's default policy; only an admin creates for others or for everyone. */
  private static void requireCreate(NewImage image, Requester by) {
    if (by.admin()) {
      return;
    }
    if (!image.owner().equals(by.project())) {
      throw new Forbidden(
          "image %s: creation for project %s by %s of project %s is forbidden; it takes an admin"
              .formatted(image.id(), image.owner(), by.display(), by.project()));
    }
    if (image.visibility() == Visibility.PUBLIC) {
      throw new Forbidden(
          "image %s: creation as public by %s is forbidden; it takes an admin"
              .formatted(image.id(), by.display()));
    }
  }

  @Override
  public Image addLocation(Operation operation, UUID imageId, String url, Requester by) {
    return carrying(
        () -> {
          requireModify(imageId, by, "add location");
          return registry.addLocation(operation, imageId, url);
        });
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
          requireModify(imageId, by, "upload");
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
          requireModify(imageId, by, "delete");
          return registry.deleteImage(operation, imageId, delay);
        });
  }

  @Override
  public Image completeScrub(Operation operation, UUID imageId) {
    return carrying(() -> registry.completeScrub(operation, imageId));
  }

  @Override
  public Image deactivate(Operation operation, UUID imageId, Requester by) {
    return carrying(
        () -> {
          requireAdmin(imageId, by, "deactivate");
          return registry.deactivate(operation, imageId);
        });
  }

  @Override
  public Image reactivate(Operation operation, UUID imageId, Requester by) {
    return carrying(
        () -> {
          requireAdmin(imageId, by, "reactivate");
          return registry.reactivate(operation, imageId);
        });
  }

  @Override
  public Optional<Image> findImage(UUID imageId, Requester by) {
    return carrying(
        () ->
            registry
                .findImage(imageId)
                .filter(image -> ImageAccess.maySee(image, by, member(image, by))));
  }

  @Override
  public Image requireData(UUID imageId, Requester by, String verb) {
    return carrying(
        () -> {
          Image image = require(imageId);
          ImageAccess.requireData(image, by, member(image, by), verb);
          return image;
        });
  }

  @Override
  public List<Location> locations(UUID imageId) {
    return carrying(() -> registry.locations(imageId));
  }

  private void requireModify(UUID imageId, Requester by, String verb) {
    Image image = require(imageId);
    ImageAccess.requireModify(image, by, member(image, by), verb);
  }

  private void requireAdmin(UUID imageId, Requester by, String verb) {
    Image image = require(imageId);
    ImageAccess.requireAdmin(image, by, member(image, by), verb);
  }

  private Image require(UUID imageId) {
    return registry.findImage(imageId).orElseThrow(() -> ImageAccess.notFound(imageId));
  }

  /** Asks only where the answer matters: where the image can't be seen without a membership. */
  private boolean member(Image image, Requester by) {
    return !ImageAccess.maySee(image, by, false) && registry.isMember(image.id(), by.project());
  }
}
