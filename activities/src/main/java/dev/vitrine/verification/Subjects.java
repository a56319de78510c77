package dev.vitrine.verification;

import dev.vitrine.activity.LocationCheck;
import dev.vitrine.activity.LocationCheck.Outcome;
import dev.vitrine.activity.SweepFinding;
import dev.vitrine.activity.SweepFinding.Kind;
import dev.vitrine.activity.SweepOrder;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.registry.LocationChanges;
import dev.vitrine.registry.LocationPages;
import dev.vitrine.registry.Locations;
import dev.vitrine.store.Store;
import dev.vitrine.store.Stores;
import dev.vitrine.store.SupportsListing.Listed;
import dev.vitrine.store.WritableStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What sweeps compare, and the two repairs that lose nothing. Safe for use by many threads.
 *
 * @param clock says how old what is found is
 */
record Subjects(
    LocationPages pages,
    Locations locations,
    LocationChanges changes,
    StoredData data,
    Stores stores,
    Clock clock) {

  /**
   * What of a page of keys no row knows, and is older than the grace.
   *
   * @param unfinished whether they are keys of unfinished data
   */
  List<SweepFinding> orphans(Store store, boolean unfinished, List<Listed> keys, SweepOrder order) {
    Instant limit = clock.instant().minus(order.grace());
    List<Listed> old = keys.stream().filter(key -> key.since().isBefore(limit)).toList();
    Set<UUID> images = old.stream().map(key -> part(key, 0)).collect(Collectors.toSet());
    Set<String> known =
        locations.ofAll(images).stream().map(Location::key).collect(Collectors.toSet());
    List<SweepFinding> orphans = new ArrayList<>();
    for (Listed key : old) {
      // Asked again: it may have been removed, and its row after it, since the page was made.
      if (!known.contains(key.key())
          && locations.find(part(key, 1)).isEmpty()
          && (unfinished || store.size(key.key()).isPresent())) {
        orphans.add(orphan(store, unfinished, key, order));
      }
    }
    return orphans;
  }

  private static SweepFinding orphan(
      Store store, boolean unfinished, Listed key, SweepOrder order) {
    boolean removed = false;
    if (order.repair() && store instanceof WritableStore writable) {
      writable.delete(key.key());
      removed = true;
    }
    return new SweepFinding(
        Kind.ORPHAN,
        store.name(),
        key.key(),
        part(key, 0),
        "%s since %s, and no row knows it"
            .formatted(unfinished ? "unfinished" : key.size() + " bytes", key.since()),
        removed);
  }

  private static UUID part(Listed key, int number) {
    return UUID.fromString(key.key().split("/", -1)[number]);
  }

  /**
   * Gives up a place whose data is missing, if the image has it in another place.
   *
   * @return whether it was
   */
  boolean giveUp(Location missing) throws InterruptedException {
    boolean elsewhere = false;
    for (Location other : locations.of(missing.imageId())) {
      elsewhere |=
          !other.id().equals(missing.id())
              && other.status() == LocationStatus.ACTIVE
              && isThere(other);
    }
    if (!elsewhere) {
      return false;
    }
    try {
      changes.remove(missing.imageId(), missing.id());
      return true;
    } catch (Conflict | Forbidden | NotFound notNow) {
      return false;
    }
  }

  private boolean isThere(Location location) throws InterruptedException {
    try {
      LocationCheck check = data.check(location.imageId(), location.id(), null, bytes -> {});
      return check.outcome() == Outcome.OK;
    } catch (Unavailable unknown) {
      return false;
    }
  }
}
