package dev.vitrine.workflow;

import dev.vitrine.access.ImageAccess;
import dev.vitrine.access.ImageOperation;
import dev.vitrine.access.Permissions;
import dev.vitrine.access.Requester;
import dev.vitrine.activity.ImageActivities;
import dev.vitrine.activity.Operation;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageEvent;
import dev.vitrine.image.ImageLifecycle;
import dev.vitrine.image.ImageProperties;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.image.ImageUploads;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.lifecycle.Decision;
import dev.vitrine.task.TaskInput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A registry in memory that keeps to the lifecycle tables, counts nothing and can be down. */
public final class FakeRegistry implements ImageActivities {

  private static final ImageAccess ACCESS = new ImageAccess(Permissions.DEFAULT);

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  public final Map<UUID, Image> images = new LinkedHashMap<>();
  public final Map<UUID, Location> locations = new LinkedHashMap<>();
  final Map<UUID, ImageUploads> uploads = new LinkedHashMap<>();
  public final List<String> edges = new ArrayList<>();
  private final FakeTasks tasks;
  final FakeDatabase database = new FakeDatabase();

  FakeRegistry(FakeTasks tasks) {
    this.tasks = tasks;
  }

  /** The next so many calls fail as if the database were down. */
  public synchronized void goDownFor(int calls) {
    database.goDownFor(calls);
  }

  public synchronized ImageStatus status(UUID imageId) {
    return images.get(imageId).status();
  }

  public synchronized Image put(UUID id, ImageStatus status, String owner, boolean isProtected) {
    Image image = image(NewImage.of(id, owner), status);
    image =
        new Image(
            id,
            null,
            status,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            0,
            0,
            image.visibility(),
            isProtected,
            false,
            owner,
            FailurePolicy.REQUEUE,
            NOW,
            NOW,
            null,
            null,
            1,
            Map.of(),
            List.of());
    images.put(id, image);
    return image;
  }

  /** As the last of the image's uploads. */
  public synchronized void noteUpload(UUID imageId, String workflowId) {
    uploads.put(imageId, new ImageUploads(1, workflowId));
  }

  synchronized boolean hasLocations() {
    return !locations.isEmpty();
  }

  synchronized void removeLocation(UUID id) {
    locations.remove(id);
  }

  @Override
  public synchronized ImageSummary registerImage(
      Operation operation, NewImage image, Requester by) {
    return database.once(
        operation,
        () -> {
          boolean empty = image.size() != null;
          Image current = images.get(image.id());
          ImageStatus to =
              move(
                  image.id(),
                  current == null ? null : current.status(),
                  empty ? ImageEvent.CREATE_EMPTY : ImageEvent.CREATE);
          images.put(image.id(), image(image, to));
          return ImageSummary.of(images.get(image.id()));
        });
  }

  @Override
  public synchronized ImageSummary registerImageOfTask(
      Operation operation, UUID taskId, UUID imageId, Requester by) {
    TaskInput input = tasks.tasks.get(taskId).input();
    try {
      if (input instanceof TaskInput.Clone clone) {
        Image original = images.get(clone.imageId());
        return registerImage(
            operation,
            ImageProperties.copy(imageId, by.project(), original, clone.imageProperties()),
            by);
      }
      TaskInput.Import in = (TaskInput.Import) input;
      Map<String, Object> given = new LinkedHashMap<>(in.imageProperties());
      given.put("disk_format", in.importFromFormat());
      return registerImage(operation, ImageProperties.newImage(imageId, by.project(), given), by);
    } catch (VitrineException e) {
      throw Failures.toTemporal(e);
    }
  }

  @Override
  public synchronized ImageSummary addLocation(
      Operation operation, UUID imageId, String url, Requester by) {
    return database.once(
        operation,
        () -> {
          Image image = change(imageId, ImageEvent.ADD_LOCATION, null, null);
          addLocation(imageId, Location.EXTERNAL, url, LocationStatus.ACTIVE);
          return ImageSummary.of(image);
        });
  }

  @Override
  public synchronized Location beginUpload(
      Operation operation,
      UUID imageId,
      FailurePolicy policy,
      Requester by,
      @Nullable Long declaredSize,
      @Nullable String store) {
    String where = store == null ? "fake" : store;
    return database.once(
        operation,
        () -> {
          ACCESS.require(ImageOperation.UPLOAD, require(imageId), by, false);
          change(imageId, ImageEvent.BEGIN_UPLOAD, null, null);
          uploads.merge(
              imageId,
              new ImageUploads(1, operation.workflowId()),
              (before, one) -> new ImageUploads(before.begun() + 1, one.workflowId()));
          return addLocation(imageId, where, imageId + "/data", LocationStatus.PENDING);
        });
  }

  @Override
  public synchronized ImageSummary completeUpload(
      Operation operation, UUID imageId, UUID locationId, ImageData data) {
    return database.once(
        operation,
        () -> {
          Image image = change(imageId, ImageEvent.UPLOAD_SUCCEEDED, data, null);
          mark(imageId, LocationStatus.ACTIVE);
          return ImageSummary.of(image);
        });
  }

  @Override
  public synchronized ImageSummary failUpload(
      Operation operation, UUID imageId, FailurePolicy policy, @Nullable UUID locationId) {
    return database.once(
        operation,
        () -> {
          Location location = locations.get(locationId);
          if (locationId != null
              && (location == null || location.status() != LocationStatus.PENDING)) {
            throw new Conflict("image %s is held by another upload".formatted(imageId));
          }
          Image image = change(imageId, policy.event(), null, null);
          mark(imageId, LocationStatus.PENDING_DELETE);
          return ImageSummary.of(image);
        });
  }

  @Override
  public synchronized ImageUploads uploads(UUID imageId) {
    return uploads.getOrDefault(imageId, new ImageUploads(0, null));
  }

  @Override
  public synchronized ImageSummary deleteImage(
      Operation operation, UUID imageId, Requester by, Duration delay) {
    return database.once(
        operation,
        () -> {
          Image image = require(imageId);
          ACCESS.requireDeletable(image, by);
          boolean delayed =
              !delay.isZero()
                  && (image.status() == ImageStatus.ACTIVE
                      || image.status() == ImageStatus.DEACTIVATED);
          Image deleted =
              change(
                  imageId,
                  delayed ? ImageEvent.DELAYED_DELETE : ImageEvent.DELETE,
                  null,
                  delayed ? scrubAt(delay) : null);
          mark(imageId, LocationStatus.PENDING_DELETE);
          return ImageSummary.of(deleted);
        });
  }

  /** Time skipping moves the server's clock, so the delay counts from now on that clock. */
  Supplier<Instant> clock = () -> NOW;

  private Instant scrubAt(Duration delay) {
    return clock.get().plus(delay);
  }

  @Override
  public synchronized ImageSummary completeScrub(Operation operation, UUID imageId) {
    return database.once(
        operation, () -> ImageSummary.of(change(imageId, ImageEvent.SCRUB, null, null)));
  }

  @Override
  public synchronized ImageSummary deactivate(Operation operation, UUID imageId, Requester by) {
    return database.once(
        operation,
        () -> {
          ACCESS.require(ImageOperation.DEACTIVATE, require(imageId), by, false);
          return ImageSummary.of(change(imageId, ImageEvent.DEACTIVATE, null, null));
        });
  }

  @Override
  public synchronized ImageSummary reactivate(Operation operation, UUID imageId, Requester by) {
    return database.once(
        operation,
        () -> {
          ACCESS.require(ImageOperation.REACTIVATE, require(imageId), by, false);
          return ImageSummary.of(change(imageId, ImageEvent.REACTIVATE, null, null));
        });
  }

  @Override
  public synchronized Optional<ImageSummary> findImage(UUID imageId, Requester by) {
    return Optional.ofNullable(images.get(imageId))
        .filter(image -> ACCESS.maySee(image, by, false))
        .map(ImageSummary::of);
  }

  @Override
  public synchronized ImageSummary requireData(UUID imageId, Requester by, String verb) {
    try {
      Image image = require(imageId);
      ACCESS.requireData(image, by, false, verb);
      return ImageSummary.of(image);
    } catch (VitrineException e) {
      throw Failures.toTemporal(e);
    }
  }

  @Override
  public synchronized List<Location> locations(UUID imageId) {
    return locations.values().stream()
        .filter(location -> location.imageId().equals(imageId))
        .toList();
  }

  Image require(UUID id) {
    Image image = images.get(id);
    if (image == null) {
      throw ImageAccess.notFound(id);
    }
    return image;
  }

  private ImageStatus move(UUID id, @Nullable ImageStatus from, ImageEvent event) {
    Decision<ImageStatus, ImageEvent> decision = ImageLifecycle.TABLE.decide(from, event);
    if (decision instanceof Decision.Move<ImageStatus, ImageEvent> move) {
      edges.add(move.edge().number() + "");
      return move.edge().to();
    }
    if (decision instanceof Decision.Unchanged<ImageStatus, ImageEvent> same) {
      return same.status();
    }
    throw new Conflict(
        ImageLifecycle.TABLE.explain(id, (Decision.Refusal<ImageStatus, ImageEvent>) decision));
  }

  Image change(UUID id, ImageEvent event, @Nullable ImageData data, @Nullable Instant scrubAt) {
    Image old = require(id);
    ImageStatus to = move(id, old.status(), event);
    Image changed =
        new Image(
            id,
            old.name(),
            to,
            data == null ? old.size() : Long.valueOf(data.size()),
            null,
            data == null ? old.checksum() : data.checksum(),
            ImageData.HASH_ALGO,
            data == null ? old.osHashValue() : data.sha512(),
            old.diskFormat(),
            old.containerFormat(),
            old.minDisk(),
            old.minRam(),
            old.visibility(),
            old.isProtected(),
            old.osHidden(),
            old.owner(),
            FailurePolicy.REQUEUE,
            NOW,
            NOW,
            null,
            scrubAt,
            old.version() + 1,
            old.properties(),
            old.tags());
    images.put(id, changed);
    return changed;
  }

  private static Image image(NewImage image, ImageStatus status) {
    return new Image(
        image.id(),
        image.name(),
        status,
        image.size(),
        null,
        null,
        null,
        null,
        image.diskFormat(),
        image.containerFormat(),
        image.minDisk(),
        image.minRam(),
        image.visibility(),
        image.isProtected(),
        image.osHidden(),
        image.owner(),
        null,
        NOW,
        NOW,
        null,
        null,
        1,
        image.properties(),
        image.tags());
  }

  Location addLocation(UUID imageId, String store, String key, LocationStatus status) {
    Location location = new Location(UUID.randomUUID(), imageId, store, key, status, NOW);
    locations.put(location.id(), location);
    return location;
  }

  void mark(Location at, LocationStatus status) {
    locations.put(at.id(), new Location(at.id(), at.imageId(), at.store(), at.key(), status, NOW));
  }

  void mark(UUID imageId, LocationStatus status) {
    locations.replaceAll(
        (id, at) ->
            at.imageId().equals(imageId)
                ? new Location(id, imageId, at.store(), at.key(), status, NOW)
                : at);
  }
}
