package dev.vitrine.registry.sql;

import dev.vitrine.activity.Operation;
import dev.vitrine.database.Database;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.ExternalUrl;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageEvent;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.registry.LocationChanges;
import dev.vitrine.registry.LocationPages;
import dev.vitrine.registry.Locations;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Where images' data is. The image's row is locked while its locations change, so that of two
 * removals one finds the last location.
 */
record SqlLocations(Database database, Limits limits, ImageEdges edges)
    implements Locations, LocationChanges, LocationPages {

  @Override
  public List<Location> of(UUID imageId) {
    return database.read(
        "locations of image", handle -> new LocationsTable(handle).ofImage(imageId));
  }

  @Override
  public List<Location> ofAll(Collection<UUID> imageIds) {
    return imageIds.isEmpty()
        ? List.of()
        : database.read(
            "locations of images", handle -> new LocationsTable(handle).ofImages(imageIds));
  }

  @Override
  public Optional<Location> find(UUID locationId) {
    return database.read("find location", handle -> new LocationsTable(handle).find(locationId));
  }

  @Override
  public List<Location> active(@Nullable String store, @Nullable UUID after, int most) {
    return database.read(
        "page of locations", handle -> new LocationsTable(handle).active(store, after, most));
  }

  @Override
  public Optional<ImageData> measured(UUID locationId) {
    return database.read("measured data", handle -> new MeasuredDataTable(handle).find(locationId));
  }

  @Override
  public Optional<String> convertedTo(UUID imageId) {
    return database.read(
        "converted data", handle -> new MeasuredDataTable(handle).convertedTo(imageId));
  }

  @Override
  public void forget(UUID locationId) {
    database.transaction(
        "forget location",
        handle -> {
          new LocationsTable(handle).delete(locationId);
          return locationId;
        });
  }

  @Override
  public Image addFirst(Operation operation, UUID id, String url) {
    ExternalUrl.require(id, url);
    return database.transaction(
        "add first location",
        handle ->
            edges.take(
                handle,
                operation,
                id,
                image -> ImageEvent.ADD_LOCATION,
                facts -> facts,
                (before, now) ->
                    new LocationsTable(handle)
                        .insert(
                            new Location(
                                UUID.randomUUID(),
                                id,
                                Location.EXTERNAL,
                                url,
                                LocationStatus.ACTIVE,
                                now),
                            operation.id())));
  }

  @Override
  public Location addFurther(Operation operation, UUID imageId, String url) {
    ExternalUrl.require(imageId, url);
    return database.transaction(
        "add location",
        handle -> {
          Image image = new ImagesTable(handle).lock(imageId);
          LocationsTable locations = new LocationsTable(handle);
          Optional<Location> added = locations.findByOperation(operation.id());
          if (added.isPresent()) {
            return added.get();
          }
          requireActive(image, "a further location");
          List<Location> active = active(handle, imageId);
          if (active.stream().anyMatch(other -> isAt(other, url))) {
            throw new Conflict("image %s has a location at %s already".formatted(imageId, url));
          }
          limits.requireLocations(imageId, active.size(), active.size() + 1);
          Instant now = database.now();
          Location location =
              new Location(
                  UUID.randomUUID(), imageId, Location.EXTERNAL, url, LocationStatus.ACTIVE, now);
          locations.insert(location, operation.id());
          new ImagesTable(handle).touch(imageId, now);
          return location;
        });
  }

  private static boolean isAt(Location location, String url) {
    return location.store().equals(Location.EXTERNAL) && location.key().equals(url);
  }

  @Override
  public void remove(UUID imageId, UUID locationId) {
    database.transaction(
        "remove location",
        handle -> {
          Image image = new ImagesTable(handle).lock(imageId);
          List<Location> active = active(handle, imageId);
          Location location =
              active.stream()
                  .filter(candidate -> candidate.id().equals(locationId))
                  .findFirst()
                  .orElseThrow(
                      () ->
                          new NotFound(
                              "image %s has no location %s".formatted(imageId, locationId)));
          requireActive(image, "the removal of a location");
          if (active.size() == 1) {
            throw new Forbidden(
                "image %s: %s is its last location; delete the image instead"
                    .formatted(imageId, locationId));
          }
          Instant now = database.now();
          LocationsTable locations = new LocationsTable(handle);
          if (location.store().equals(Location.EXTERNAL)) {
            locations.delete(locationId);
          } else {
            locations.setStatus(locationId, LocationStatus.PENDING_DELETE, now);
          }
          new ImagesTable(handle).touch(imageId, now);
          return location;
        });
  }

  private static List<Location> active(Handle handle, UUID imageId) {
    return new LocationsTable(handle)
        .ofImage(imageId).stream()
            .filter(location -> location.status() == LocationStatus.ACTIVE)
            .toList();
  }

  private static void requireActive(Image image, String what) {
    if (image.status() != ImageStatus.ACTIVE) {
      throw new Conflict(
          "image %s is %s: %s needs an active image".formatted(image.id(), image.status(), what));
    }
  }
}
