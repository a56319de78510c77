package dev.vitrine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.error.VitrineException;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.image.Visibility;
import dev.vitrine.registry.Registry;
import dev.vitrine.task.Progress;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The part of a registry that transfers use; the public methods are the interface's. */
public final class FakeRegistry {

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

  final Map<UUID, ImageData> measured = new ConcurrentHashMap<>();

  /** Is asked instead of looking a location up; null for looking it up. */
  volatile @Nullable Runnable onFindLocation;

  public Registry registry() {
    return (Registry)
        Proxy.newProxyInstance(
            Registry.class.getClassLoader(),
            new Class<?>[] {Registry.class},
            (proxy, method, args) -> {
              try {
                Method own =
                    FakeRegistry.class.getMethod(method.getName(), method.getParameterTypes());
                return own.invoke(this, args);
              } catch (NoSuchMethodException e) {
                throw new UnsupportedOperationException(method.getName(), e);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  public Optional<Image> findImage(UUID id) {
    return Optional.ofNullable(images.get(id));
  }

  public boolean isMember(UUID imageId, String project) {
    return project.equals("member");
  }

  public List<Location> locations(UUID imageId) {
    synchronized (locations) {
      return locations.values().stream().filter(l -> l.imageId().equals(imageId)).toList();
    }
  }

  public Optional<Location> findLocation(UUID id) {
    Runnable before = onFindLocation;
    if (before != null) {
      before.run();
    }
    return Optional.ofNullable(locations.get(id));
  }

  public void reserveBytes(UUID imageId, UUID locationId, long bytes) {
    assertThat(locations.get(locationId).imageId()).isEqualTo(imageId);
    if (bytes > quota) {
      throw new VitrineException.TooLarge("quota of " + quota);
    }
    reservations.add(bytes);
  }

  public void recordMeasured(UUID imageId, UUID locationId, ImageData data) {
    if (!locations.containsKey(locationId)) {
      throw new VitrineException.NotFound("no location " + locationId);
    }
    assertThat(locations.get(locationId).imageId()).isEqualTo(imageId);
    measured.put(locationId, data);
  }

  public void recordExported(UUID taskId) {
    exported.add(taskId);
  }

  public void forgetLocation(UUID id) {
    locations.remove(id);
  }

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
    images.put(
        id,
        new Image(
            id,
            "image",
            status,
            data == null ? null : Long.valueOf(data.size()),
            null,
            data == null ? null : data.checksum(),
            data == null ? null : ImageData.HASH_ALGO,
            data == null ? null : data.sha512(),
            "raw",
            "bare",
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
            Map.of(),
            List.of()));
  }
}
