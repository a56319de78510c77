package dev.vitrine.verification;

import dev.vitrine.activity.LocationCheck;
import dev.vitrine.activity.LocationCheck.Outcome;
import dev.vitrine.error.Excerpt;
import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.registry.ImageLookup;
import dev.vitrine.registry.Locations;
import dev.vitrine.store.Store;
import dev.vitrine.store.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** What is at a location, compared with what is recorded. Safe for use by many threads. */
final class StoredData {

  private static final int BUFFER = 1 << 20;

  private final ImageLookup images;
  private final Locations locations;
  private final Stores stores;

  /** What is recorded; null where nothing is. */
  private record Recorded(@Nullable Long size, @Nullable String md5, @Nullable String sha512) {}

  StoredData(ImageLookup images, Locations locations, Stores stores) {
    this.images = images;
    this.locations = locations;
    this.stores = stores;
  }

  /**
   * Compares all of it, or its size alone.
   *
   * @param pace at which it is read; null to ask for the size alone
   * @param alive is told how many bytes were read, often
   * @throws dev.vitrine.error.VitrineException {@code Unavailable} if the store does not answer
   */
  LocationCheck check(UUID imageId, UUID locationId, @Nullable Pace pace, LongConsumer alive)
      throws InterruptedException {
    Optional<Location> found =
        locations.find(locationId).filter(each -> each.imageId().equals(imageId));
    if (found.isEmpty() || found.get().status() != LocationStatus.ACTIVE) {
      return new LocationCheck(
          imageId, locationId, "", Outcome.PASSED_OVER, "its data was given up meanwhile");
    }
    Location location = found.get();
    if (location.store().equals(Location.EXTERNAL)) {
      return of(location, Outcome.PASSED_OVER, "it lies outside the stores");
    }
    Store store = stores.require(location.store());
    Recorded recorded = recorded(location);
    OptionalLong size = store.size(location.key());
    if (size.isEmpty()) {
      return stillWanted(
          location, Outcome.MISSING, "the store has nothing under %s".formatted(location.key()));
    }
    if (recorded.size() != null && recorded.size() != size.getAsLong()) {
      return stillWanted(
          location,
          Outcome.WRONG,
          "the store has %d bytes under %s, recorded are %d"
              .formatted(size.getAsLong(), location.key(), recorded.size()));
    }
    return pace == null
        ? of(location, Outcome.OK, null)
        : read(location, store, recorded, pace, alive);
  }

  private LocationCheck read(
      Location location, Store store, Recorded recorded, Pace pace, LongConsumer alive)
      throws InterruptedException {
    MessageDigest md5 = digest("MD5");
    MessageDigest sha512 = digest("SHA-512");
    long bytes = 0;
    byte[] buffer = new byte[BUFFER];
    try (InputStream data = store.open(location.key(), 0)) {
      for (int read = data.read(buffer); read >= 0; read = data.read(buffer)) {
        md5.update(buffer, 0, read);
        sha512.update(buffer, 0, read);
        bytes += read;
        alive.accept(bytes);
        pace.read(read);
      }
    } catch (IOException e) {
      throw VitrineException.because(
          e,
          new Unavailable(
              "store '%s' broke off after %d bytes of %s: %s"
                  .formatted(store.name(), bytes, location.key(), e.getMessage())));
    }
    String wrong = differs("bytes", recorded.size(), bytes);
    if (wrong == null) {
      wrong = differs("MD5", recorded.md5(), hex(md5));
    }
    if (wrong == null) {
      wrong = differs("SHA-512", recorded.sha512(), hex(sha512));
    }
    return wrong == null
        ? of(location, Outcome.OK, null)
        : stillWanted(location, Outcome.WRONG, wrong);
  }

  private static @Nullable String differs(String what, @Nullable Object recorded, Object read) {
    return recorded == null || recorded.equals(read)
        ? null
        : "%s read back are %s, recorded are %s".formatted(what, read, recorded);
  }

  /** What was measured at the place, or else what is recorded of the image. */
  private Recorded recorded(Location location) {
    Optional<ImageData> measured = locations.measured(location.id());
    if (measured.isPresent()) {
      ImageData data = measured.get();
      return new Recorded(data.size(), data.checksum(), data.sha512());
    }
    return images
        .find(location.imageId())
        .map(StoredData::recorded)
        .orElse(new Recorded(null, null, null));
  }

  private static Recorded recorded(Image image) {
    boolean sha512 = ImageData.HASH_ALGO.equals(image.osHashAlgo());
    return new Recorded(image.size(), image.checksum(), sha512 ? image.osHashValue() : null);
  }

  /** What is removed while it is looked at is not as recorded, and nothing to speak of. */
  private LocationCheck stillWanted(Location location, Outcome outcome, String detail) {
    boolean active =
        locations
            .find(location.id())
            .filter(now -> now.status() == LocationStatus.ACTIVE)
            .isPresent();
    return active
        ? of(location, outcome, detail)
        : of(location, Outcome.PASSED_OVER, "its data was given up meanwhile");
  }

  private static LocationCheck of(Location location, Outcome outcome, @Nullable String detail) {
    return new LocationCheck(
        location.imageId(),
        location.id(),
        location.store(),
        outcome,
        detail == null ? null : Excerpt.of(detail, LocationCheck.DETAIL));
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has " + algorithm, e);
    }
  }
}
