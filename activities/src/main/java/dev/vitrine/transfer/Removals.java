package dev.vitrine.transfer;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.registry.Locations;
import dev.vitrine.store.Stores;
import dev.vitrine.store.WritableStore;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of what the registry has given up: the data, then the row. Safe for many threads. */
record Removals(Locations locations, Stores stores) {

  private static final Logger log = LoggerFactory.getLogger(Removals.class);

  /**
   * Of a location, if it is still there.
   *
   * @throws Conflict if it is {@code active}
   * @throws Invalid if it is another image's
   */
  void remove(UUID imageId, UUID locationId) {
    Optional<Location> found = locations.find(locationId);
    if (found.isEmpty()) {
      return;
    }
    Location location = found.get();
    if (!location.imageId().equals(imageId)) {
      throw new Invalid(
          "location %s belongs to image %s, not %s"
              .formatted(locationId, location.imageId(), imageId));
    }
    if (location.status() == LocationStatus.ACTIVE) {
      throw new Conflict(
          "location %s of image %s is active: only what is given up is removed"
              .formatted(locationId, imageId));
    }
    remove(location);
  }

  /**
   * Of a location that is given up. Data in a store that is only read from stays, as data elsewhere
   * does: it is whoever's who manages the store.
   */
  void remove(Location location) {
    if (!location.store().equals(Location.EXTERNAL)) {
      if (stores.require(location.store()) instanceof WritableStore store) {
        store.delete(location.key());
      } else {
        log.info(
            "image {} has given up {} in store '{}': the store is read-only, and the data stays",
            location.imageId(),
            location.key(),
            location.store());
      }
    }
    locations.forget(location.id());
  }
}
