package dev.vitrine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.error.VitrineException;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.image.Visibility;
import dev.vitrine.registry.ImageLookup;
import dev.vitrine.registry.ImportedDescription;
import dev.vitrine.registry.Locations;
import dev.vitrine.registry.TransferNotes;
import dev.vitrine.task.Progress;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The part of a registry that transfers use. */
public final class FakeRegistry implements TransferNotes {

  public final Map<UUID, Image> images = new ConcurrentHashMap<>();
  public final Map<UUID, Location> locations = Collections.synchronizedMap(new LinkedHashMap<>());
  final List<Progress> progress = new CopyOnWriteArrayList<>();
  volatile boolean away;

  /** Bytes that a location may take. */
  volatile long quota = Long.MAX_VALUE;

  /** What locations took, in their order. */
  final List<Long> reservations = new CopyOnWriteArrayList<>();

  /** What writers said of their locations. */
  final List<UUID> exported = new CopyOnWriteArrayList<>();

  final Map<UUID, String> converted = new ConcurrentHashMap<>();
  final Map<UUID, ImageData> measured = new ConcurrentHashMap<>();

  /** Is asked instead of looking a location up; null for looking it up. */
  volatile @Nullable Runnable onFindLocation;

  /** The images, of which all are shared with {@code member}. */
  public ImageLookup lookup() {
    return new ImageLookup() {
      @Override
      public Optional<Image> find(UUID id) {
        return Optional.ofNullable(images.get(id));
      }

      @Override
      public boolean isMember(UUID imageId, String project) {
        return project.equals("member");
      }
    };
  }

  /** The locations. */
  public Locations locations() {
    return new Locations() {
      @Override
      public List<Location> of(UUID imageId) {
        return ofAll(Set.of(imageId));
      }

      @Override
      public List<Location> ofAll(Collection<UUID> imageIds) {
        synchronized (locations) {
          return locations.values().stream().filter(l -> imageIds.contains(l.imageId())).toList();
        }
      }

      @Override
      public Optional<Location> find(UUID id) {
        Runnable before = onFindLocation;
        if (before != null) {
          before.run();
        }
        return Optional.ofNullable(locations.get(id));
      }

      @Override
      public Optional<ImageData> measured(UUID id) {
        return Optional.ofNullable(measured.get(id));
      }

      @Override
      public Optional<String> convertedTo(UUID imageId) {
        return Optional.ofNullable(converted.get(imageId));
      }

      @Override
      public void forget(UUID id) {
        locations.remove(id);
      }
    };
  }

  @Override
  public void reserve(UUID imageId, UUID locationId, long bytes) {
    assertThat(locations.get(locationId).imageId()).isEqualTo(imageId);
    if (bytes > quota) {
      throw new VitrineException.TooLarge("quota of " + quota);
    }
    reservations.add(bytes);
  }

  @Override
  public void recordMeasured(UUID imageId, UUID locationId, ImageData data) {
    if (!locations.containsKey(locationId)) {
      throw new VitrineException.NotFound("no location " + locationId);
    }
    assertThat(locations.get(locationId).imageId()).isEqualTo(imageId);
    measured.put(locationId, data);
  }

  @Override
  public void recordConverted(UUID imageId, UUID locationId, String diskFormat) {
    converted.put(imageId, diskFormat);
  }

  @Override
  public void describeImported(UUID taskId, UUID imageId, ImportedDescription description) {}

  @Override
  public void recordExported(UUID taskId) {
    exported.add(taskId);
  }

  @Override
  public void recordProgress(UUID taskId, Progress now) {
    if (away) {
      throw new VitrineException.Unavailable("the registry is away");
    }
    progress.add(now);
  }

  Location location(String store, LocationStatus status) {
    UUID image = UUID.randomUUID();
    UUID id = UUID.randomUUID();
    return put(new Location(id, image, store, image + "/" + id, status, Instant.EPOCH));
  }

  public Location put(Location location) {
    locations.put(location.id(), location);
    return location;
  }

  public void setStatus(Location of, LocationStatus status) {
    put(new Location(of.id(), of.imageId(), of.store(), of.key(), status, Instant.EPOCH));
  }

  public void image(UUID id, ImageStatus status, @Nullable ImageData data) {
    image(id, status, data, "raw", "bare", Map.of());
  }

  /** One that is being uploaded, with properties. */
  void describe(UUID id, Map<String, String> properties) {
    image(id, ImageStatus.SAVING, null, "raw", "bare", properties);
  }

  /** One that is being uploaded. */
  void declare(UUID id, String diskFormat, String containerFormat) {
    image(id, ImageStatus.SAVING, null, diskFormat, containerFormat, Map.of());
  }

  private void image(
      UUID id,
      ImageStatus status,
      @Nullable ImageData data,
      String diskFormat,
      String containerFormat,
      Map<String, String> properties) {
    images.put(
        id,
        new Image(
            id,
            "image",
            status,
            data == null ? null : Long.valueOf(data.size()),
            data == null ? null : data.virtualSize(),
            data == null ? null : data.checksum(),
            data == null ? null : ImageData.HASH_ALGO,
            data == null ? null : data.sha512(),
            diskFormat,
            containerFormat,
            0,
            0,
            Visibility.SHARED,
            false,
            false,
            "owner",
            null,
            Instant.EPOCH,
            Instant.EPOCH,
            null,
            null,
            1,
            properties,
            List.of()));
  }
}
