package dev.vitrine.api;

import dev.vitrine.access.ImageAccess;
import dev.vitrine.access.ImageOperation;
import dev.vitrine.access.Requester;
import dev.vitrine.image.Image;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.registry.Locations;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Images with what is known of where their data is. */
final class ImageDocuments {

  private final Locations locations;
  private final ImageAccess access;
  private final boolean showLocations;

  /**
   * @param showLocations whether the operator lets clients see locations
   */
  ImageDocuments(Locations locations, ImageAccess access, boolean showLocations) {
    this.locations = locations;
    this.access = access;
    this.showLocations = showLocations;
  }

  ImageDocument of(Image image, Requester by) {
    return of(List.of(image), by).get(0);
  }

  /** In the order given, with one look at the locations of all. */
  List<ImageDocument> of(List<Image> images, Requester by) {
    Map<UUID, List<Location>> locations =
        this.locations
            .ofAll(images.stream().filter(ImageDocuments::hasData).map(Image::id).toList())
            .stream()
            .filter(location -> location.status() == LocationStatus.ACTIVE)
            .collect(Collectors.groupingBy(Location::imageId));
    return images.stream()
        .map(image -> document(image, locations.getOrDefault(image.id(), List.of()), by))
        .toList();
  }

  private ImageDocument document(Image image, List<Location> active, Requester by) {
    List<String> stores = active.stream().map(Location::store).distinct().sorted().toList();
    return new ImageDocument(image, stores, locations(image, active, by));
  }

  private static boolean hasData(Image image) {
    return switch (image.status()) {
      case ACTIVE, DEACTIVATED -> true;
      case QUEUED, SAVING, UPLOADING, IMPORTING, KILLED, DELETED, PENDING_DELETE -> false;
    };
  }

  private @Nullable List<String> locations(Image image, List<Location> active, Requester by) {
    if (!showLocations) {
      return null;
    }
    return access.may(ImageOperation.SHOW_LOCATIONS, image, by, false)
        ? active.stream().map(ImageDocuments::url).toList()
        : List.of();
  }

  /**
   * The URL of data that lies elsewhere; for a store of ours its name and key, which no one reads.
   */
  static String url(Location location) {
    return location.store().equals(Location.EXTERNAL)
        ? location.key()
        : "vitrine://" + location.store() + "/" + location.key();
  }
}
