package dev.vitrine.registry;

import static dev.vitrine.error.Failures.carrying;

import dev.vitrine.activity.ImageActivities;
import dev.vitrine.activity.Operation;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageAccess;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageOperation;
import dev.vitrine.image.Location;
import dev.vitrine.image.NewImage;
import dev.vitrine.image.Requester;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

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
          ImageAccess.requireCreate(image, by);
          return registry.createImage(operation, image);
        });
  }

  @Override
  public Image addLocation(Operation operation, UUID imageId, String url, Requester by) {
    return carrying(
        () -> {
          requireWebUrl(imageId, url);
          requireLeave(ImageOperation.ADD_LOCATION, imageId, by);
          return registry.addLocation(operation, imageId, url);
        });
  }

  private static void requireWebUrl(UUID imageId, String url) {
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      throw new Invalid(
          "image %s: location '%s' is not a URL: %s".formatted(imageId, url, e.getMessage()));
    }
    String scheme = String.valueOf(uri.getScheme());
    if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) {
      throw new Invalid(
          "image %s: location '%s': give an http or https URL".formatted(imageId, url));
    }
    if (uri.getHost() == null) {
      throw new Invalid("image %s: location '%s' names no host".formatted(imageId, url));
    }
    if (uri.getRawUserInfo() != null) {
      throw new Invalid(
          "image %s: the location at %s has user information in its URL; credentials don't belong there"
              .formatted(imageId, uri.getHost()));
    }
  }

  @Override
  public Location beginUpload(
      Operation operation, UUID imageId, FailurePolicy policy, Requester by) {
    return carrying(
        () -> {
          requireLeave(ImageOperation.UPLOAD, imageId, by);
          return registry.beginUpload(operation, imageId, policy, defaultStore);
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
          requireLeave(ImageOperation.DELETE, imageId, by);
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
          requireLeave(ImageOperation.DEACTIVATE, imageId, by);
          return registry.deactivate(operation, imageId);
        });
  }

  @Override
  public Image reactivate(Operation operation, UUID imageId, Requester by) {
    return carrying(
        () -> {
          requireLeave(ImageOperation.REACTIVATE, imageId, by);
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

  private void requireLeave(ImageOperation operation, UUID imageId, Requester by) {
    Image image = require(imageId);
    ImageAccess.require(operation, image, by, member(image, by));
  }

  private Image require(UUID imageId) {
    return registry.findImage(imageId).orElseThrow(() -> ImageAccess.notFound(imageId));
  }

  /** Asks only where the answer matters: where the image can't be seen without a membership. */
  private boolean member(Image image, Requester by) {
    return !ImageAccess.maySee(image, by, false) && registry.isMember(image.id(), by.project());
  }
}
