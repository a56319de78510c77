package dev.vitrine.source;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Source;
import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.guard.GuardedData;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.registry.Locations;
import dev.vitrine.store.Store;
import dev.vitrine.store.Stores;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;

/**
 * An image's data, from its store or, where only its URL was registered, from there. Who asks must
 * be allowed to read it, at every attempt.
 */
public final class ImageSource {

  private final Locations locations;
  private final GuardedData data;
  private final Stores stores;
  private final WebSource web;

  /**
   * @param data asked whether the data may be read
   * @param web reads what only has a URL
   */
  public ImageSource(Locations locations, GuardedData data, Stores stores, WebSource web) {
    this.locations = locations;
    this.data = data;
    this.stores = stores;
    this.web = web;
  }

  /**
   * The image, if its data may be read.
   *
   * @param verb what is to be done with it, for the message
   */
  public Image require(UUID imageId, Requester by, String verb) {
    return data.require(imageId, by, verb);
  }

  /** What is recorded of its data. */
  public static ExpectedData recorded(Image image) {
    boolean sha512 = ImageData.HASH_ALGO.equals(image.osHashAlgo());
    return new ExpectedData(image.size(), image.checksum(), sha512 ? image.osHashValue() : null);
  }

  /**
   * Opens the data where an earlier reader stopped, if it can; else at its start.
   *
   * @throws Conflict if there is none
   * @throws SourceUnusable if it is lost
   * @throws Unavailable if it can't be read at present
   */
  public OpenSource open(Image image, ResumePoint from, Waiting waiting)
      throws InterruptedException {
    String display = new Source.OfImage(image.id()).display();
    Optional<Location> active =
        locations.of(image.id()).stream()
            .filter(location -> location.status() == LocationStatus.ACTIVE)
            .findFirst();
    if (active.isEmpty()) {
      if (image.size() != null && image.size() == 0) {
        return new OpenSource(display, InputStream.nullInputStream(), 0, 0L, null, true);
      }
      throw new Conflict(
          "image %s is %s but has no data anywhere".formatted(image.id(), image.status()));
    }
    Location location = active.get();
    if (location.store().equals(Location.EXTERNAL)) {
      Source.Url url = new Source.Url(location.key());
      return web.open(url.url(), url.display(), from, waiting);
    }
    return stored(stores.require(location.store()), location.key(), display, from);
  }

  /**
   * Opens the data at one of an image's places, which is complete there, for whoever moves that
   * image's own data.
   *
   * @throws Conflict if the place is given up, or nobody has measured data there
   */
  public OpenSource open(Source.OfLocation copy, ResumePoint from) {
    Location location = requireComplete(copy);
    return stored(stores.require(location.store()), location.key(), copy.display(), from);
  }

  /** What was measured of the data there. */
  public ExpectedData measured(Source.OfLocation copy) {
    return locations
        .measured(requireComplete(copy).id())
        .map(ExpectedData::exactly)
        .orElse(ExpectedData.NONE);
  }

  /** Where an image's data is in that store, active; empty if it isn't there. */
  public Optional<Location> within(String store, Image image) {
    return locations.of(image.id()).stream()
        .filter(location -> location.status() == LocationStatus.ACTIVE)
        .filter(location -> location.store().equals(store))
        .findFirst();
  }

  /** What was measured of the data at one of an image's places, and that place; as above. */
  public Optional<Measured> require(Source.OfLocation copy) {
    Location location = requireComplete(copy);
    return locations.measured(location.id()).map(data -> new Measured(location, data));
  }

  /** Data that is complete at a place. */
  public record Measured(Location location, ImageData data) {}

  private Location requireComplete(Source.OfLocation copy) {
    Location location =
        locations
            .find(copy.locationId())
            .filter(found -> found.imageId().equals(copy.imageId()))
            .filter(found -> found.status() != LocationStatus.PENDING_DELETE)
            .orElseThrow(
                () ->
                    new Conflict("%s: its data was given up meanwhile".formatted(copy.display())));
    if (location.status() == LocationStatus.PENDING
        && locations.measured(location.id()).isEmpty()) {
      throw new Conflict("%s: its data is not complete there".formatted(copy.display()));
    }
    return location;
  }

  private static OpenSource stored(Store store, String key, String display, ResumePoint from) {
    try {
      long size = store.size(key).orElseThrow(() -> new NotFound("nothing under " + key));
      // Published data never changes: its key is all the validator it takes.
      long offset = from.offset() <= size && from.continues(key, size) ? from.offset() : 0;
      return new OpenSource(display, store.open(key, offset), offset, size, key, true);
    } catch (NotFound e) {
      throw VitrineException.because(
          e,
          new SourceUnusable(
              "%s: its data is missing in store '%s': %s"
                  .formatted(display, store.name(), e.getMessage())));
    }
  }
}
