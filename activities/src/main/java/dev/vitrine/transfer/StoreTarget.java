package dev.vitrine.transfer;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.DataMismatch;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.registry.ImageLookup;
import dev.vitrine.registry.Locations;
import dev.vitrine.registry.TransferNotes;
import dev.vitrine.source.OpenSource;
import dev.vitrine.store.StoreWriter;
import dev.vitrine.store.SupportsCopy;
import dev.vitrine.store.SupportsResume;
import dev.vitrine.store.WritableStore;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A location that the registry gave out. */
final class StoreTarget implements Target {

  static final String BARE = "bare";

  private final ImageLookup images;
  private final Locations locations;
  private final TransferNotes notes;
  private final WritableStore store;
  private final Location location;
  private boolean copied;

  StoreTarget(
      ImageLookup images,
      Locations locations,
      TransferNotes notes,
      WritableStore store,
      Location location) {
    this.images = images;
    this.locations = locations;
    this.notes = notes;
    this.store = store;
    this.location = location;
  }

  /** An image that was deleted meanwhile must not be brought back by a late writer. */
  @Override
  public void requireWanted() {
    Optional<LocationStatus> status = locations.find(location.id()).map(Location::status);
    if (!status.equals(Optional.of(LocationStatus.PENDING))) {
      throw new Conflict(
          "location %s of image %s is no longer pending: %s"
              .formatted(
                  location.id(),
                  location.imageId(),
                  status.map(LocationStatus::toString).orElse("it was removed")));
    }
  }

  @Override
  public void reserve(long bytes) {
    notes.reserve(location.imageId(), location.id(), bytes);
  }

  /** What is packed in a container is not inspected, as in the reference. */
  @Override
  public @Nullable String inspectedAs() {
    return inspected(images, location.imageId())
        .map(
            image ->
                isImported(image)
                    ? locations.convertedTo(image.id()).orElse(image.diskFormat())
                    : image.diskFormat())
        .orElse(null);
  }

  private static boolean isImported(Image image) {
    return image.status() == ImageStatus.UPLOADING || image.status() == ImageStatus.IMPORTING;
  }

  @Override
  public void converted(String diskFormat) {
    notes.recordConverted(location.imageId(), location.id(), diskFormat);
  }

  /** The image, if its data is inspected; empty if not. */
  static Optional<Image> inspected(ImageLookup images, UUID imageId) {
    return images.find(imageId).filter(image -> BARE.equals(image.containerFormat()));
  }

  /** What is an image already was verified when it came in. */
  @Override
  public Map<String, String> signedAs() {
    return signedAs(images, location.imageId());
  }

  static Map<String, String> signedAs(ImageLookup images, UUID imageId) {
    return images
        .find(imageId)
        .filter(image -> !image.status().equals(ImageStatus.ACTIVE))
        .filter(image -> !image.status().equals(ImageStatus.DEACTIVATED))
        .map(Image::properties)
        .orElse(Map.of());
  }

  @Override
  public Optional<OpenSource> published() {
    return isPublished() ? Optional.of(read(0)) : Optional.empty();
  }

  /** Whether the whole data is there, for good. */
  boolean isPublished() {
    return store.confirm(location.key());
  }

  /** Opens what is published. */
  OpenSource read(long offset) {
    long size = store.size(location.key()).orElse(0);
    String display = "%s in store '%s'".formatted(location.key(), store.name());
    return new OpenSource(display, store.open(location.key(), offset), offset, size, null, true);
  }

  /**
   * Has the store copy to this location what it has under another key, if that has so many bytes.
   *
   * @return whether it has; if not, nothing has changed
   */
  boolean copy(String from, long size) {
    copied =
        store instanceof SupportsCopy copying
            && copying.size(from).equals(OptionalLong.of(size))
            && copying.copy(from, location.key());
    return copied;
  }

  /** The store that made the copy itself which is here; null if its bytes were moved. */
  @Nullable String copiedWithin() {
    return copied ? store.name() : null;
  }

  UUID locationId() {
    return location.id();
  }

  String store() {
    return location.store();
  }

  /** Notes what was measured of what is published, which is what makes the image {@code active}. */
  void record(ImageData data) {
    record(data, measured -> notes.recordMeasured(location.imageId(), location.id(), measured));
  }

  /**
   * Notes in a way of the caller's what was measured of what is published.
   *
   * @param noting is refused if the location is given up
   * @throws DataMismatch if the store has something else, or nothing
   * @throws NotFound if the location was removed meanwhile; then the data is, too
   * @throws Conflict if it is about to be; then the data is, too
   */
  void record(ImageData data, Consumer<ImageData> noting) {
    OptionalLong stored = store.size(location.key());
    if (stored.isEmpty() || stored.getAsLong() != data.size()) {
      throw new DataMismatch(
          "image %s: %d bytes were written to store '%s', which has %s at %s"
              .formatted(
                  location.imageId(),
                  data.size(),
                  store.name(),
                  stored.isEmpty() ? "nothing" : stored.getAsLong() + " bytes",
                  location.key()));
    }
    try {
      noting.accept(data);
    } catch (NotFound | Conflict refused) {
      deleteIfGivenUp();
      throw refused;
    }
  }

  /** A store that has nothing of small data before it is published can't notice a removal. */
  private void deleteIfGivenUp() {
    Optional<LocationStatus> status = locations.find(location.id()).map(Location::status);
    if (status.isEmpty() || status.get() == LocationStatus.PENDING_DELETE) {
      store.delete(location.key());
    }
  }

  @Override
  public long unfinished(@Nullable String token) {
    return store instanceof SupportsResume resumable
        ? resumable.unfinished(location.key(), token)
        : 0;
  }

  @Override
  public StoreWriter create(@Nullable Long size) {
    return store.create(location.key(), size);
  }

  @Override
  public StoreWriter resume(@Nullable String token, long offset) {
    if (store instanceof SupportsResume resumable) {
      return resumable.resume(location.key(), token, offset);
    }
    throw new IllegalStateException("store '%s' can't resume".formatted(store.name()));
  }
}
