package dev.vitrine.transfer;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.registry.ImageLookup;
import dev.vitrine.registry.Locations;
import dev.vitrine.registry.TransferNotes;
import dev.vitrine.source.OpenSource;
import dev.vitrine.store.StoreWriter;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A location of data that stays where it is: what is read of it is measured, and let go. */
final class ElsewhereTarget implements Target {

  private final ImageLookup images;
  private final Locations locations;
  private final TransferNotes notes;
  private final Location location;

  ElsewhereTarget(ImageLookup images, Locations locations, TransferNotes notes, Location location) {
    this.images = images;
    this.locations = locations;
    this.notes = notes;
    this.location = location;
  }

  @Override
  public void requireWanted() {
    Optional<LocationStatus> status = locations.find(location.id()).map(Location::status);
    if (status.isEmpty() || status.get() == LocationStatus.PENDING_DELETE) {
      throw new Conflict(
          "location %s of image %s was given up meanwhile"
              .formatted(location.id(), location.imageId()));
    }
  }

  /** Of an image that is active with it already, nobody asks whether there is room. */
  @Override
  public void reserve(long bytes) {
    if (location.status() == LocationStatus.PENDING) {
      notes.reserve(location.imageId(), location.id(), bytes);
    }
  }

  @Override
  public @Nullable String inspectedAs() {
    return StoreTarget.inspected(images, location.imageId()).map(Image::diskFormat).orElse(null);
  }

  @Override
  public Map<String, String> signedAs() {
    return StoreTarget.signedAs(images, location.imageId());
  }

  @Override
  public Optional<OpenSource> published() {
    return Optional.empty();
  }

  @Override
  public long unfinished(@Nullable String token) {
    return 0;
  }

  @Override
  public StoreWriter create(@Nullable Long size) {
    return new Nowhere();
  }

  @Override
  public StoreWriter resume(@Nullable String token, long offset) {
    throw new IllegalStateException("location %s has nothing unfinished".formatted(location.id()));
  }

  /** Notes what was measured. */
  void record(ImageData data) {
    notes.recordMeasured(location.imageId(), location.id(), data);
  }

  /** Keeps nothing but the count, which is how far it is; the whole data is where it always was. */
  private static final class Nowhere implements StoreWriter {

    private final AtomicLong position = new AtomicLong();

    @Override
    public @Nullable String token() {
      return null;
    }

    @Override
    public long position() {
      return position.get();
    }

    @Override
    public void write(ByteBuffer data) {
      position.addAndGet(data.remaining());
      data.position(data.limit());
    }

    @Override
    public long sync() {
      return position.get();
    }

    @Override
    public void publish() {}

    @Override
    public void discard() {}

    @Override
    public void close() {}
  }
}
