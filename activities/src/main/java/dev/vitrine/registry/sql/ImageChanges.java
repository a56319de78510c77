package dev.vitrine.registry.sql;

import dev.vitrine.access.Deactivation;
import dev.vitrine.activity.Operation;
import dev.vitrine.database.Database;
import dev.vitrine.database.LostRace;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.ExternalUrl;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageEvent;
import dev.vitrine.image.ImageLifecycle;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.image.PathSegment;
import dev.vitrine.lifecycle.Decision;
import dev.vitrine.lifecycle.Edge;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The edges of an image, each in one transaction: whether the operation was done before, what the
 * table says, the compare-and-set, what goes along with it, and the row of history.
 */
record ImageChanges(Database database, Limits limits, Quota quota) {

  /** What goes along with a change of status, in its transaction. */
  private interface Effect {
    void apply(Image before, Instant now);
  }

  Image create(Operation operation, NewImage image) {
    return database.write(handle -> create(handle, operation, image));
  }

  /** In a transaction that does something else as well. */
  Image create(Handle handle, Operation operation, NewImage image) {
    image.requireValid();
    ImageEvent event = image.size() == null ? ImageEvent.CREATE : ImageEvent.CREATE_EMPTY;
    UUID id = image.id();
    ImagesTable images = new ImagesTable(handle);
    Optional<Image> existing = images.find(id);
    if (new HistoryTable(handle).has(operation, HistorySubject.IMAGE, id) && existing.isPresent()) {
      return existing.get();
    }
    ImageStatus from = existing.map(Image::status).orElse(null);
    Edge<ImageStatus, ImageEvent> edge =
        Transitions.require(ImageLifecycle.TABLE, id, from, event).orElseThrow();
    quota.requireImage(handle, image.owner());
    limits.requireProperties(id, 0, image.properties().size());
    limits.requireMetadata(image);
    limits.requireTags(id, 0, new HashSet<>(image.tags()).size());
    image.tags().forEach(tag -> PathSegment.require("tag", tag));
    Instant now = database.now();
    reserve(handle, id, now);
    images.insert(image, edge.to(), now);
    new PropertiesTable(handle).insert(id, image.properties());
    new TagsTable(handle).insert(id, image.tags());
    new HistoryTable(handle).insert(operation, HistorySubject.IMAGE, id, edge, now);
    return images.require(id);
  }

  private static void reserve(Handle handle, UUID id, Instant now) {
    if (new ReservedIdsTable(handle).insert(HistorySubject.IMAGE, id, now)) {
      return;
    }
    if (new ImagesTable(handle).find(id).isPresent()) {
      throw new LostRace("image %s was created by another at the same time".formatted(id));
    }
    throw new Conflict(
        "image %s: the id belonged to an image that was purged, and stays reserved; choose another"
            .formatted(id));
  }

  Image addLocation(Operation operation, UUID id, String url) {
    ExternalUrl.require(id, url);
    return database.write(
        handle ->
            change(
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

  Location beginUpload(
      Operation operation,
      UUID id,
      FailurePolicy policy,
      String store,
      @Nullable Long declaredSize) {
    long reserved = declaredSize == null ? 0 : declaredSize;
    return database.write(
        handle -> {
          LocationsTable locations = new LocationsTable(handle);
          quota.queue(handle, id);
          change(
              handle,
              operation,
              id,
              image -> ImageEvent.BEGIN_UPLOAD,
              facts -> facts.with(policy, reserved),
              (before, now) -> {
                quota.requireBytes(handle, id, reserved);
                new ImagesTable(handle).countUpload(id, operation.workflowId());
                UUID locationId = UUID.randomUUID();
                String key = id + "/" + locationId;
                locations.insert(
                    new Location(locationId, id, store, key, LocationStatus.PENDING, now),
                    operation.id());
                new MeasuredDataTable(handle).await(locationId);
              });
          return locations
              .findByOperation(operation.id())
              .filter(location -> location.status() == LocationStatus.PENDING)
              .orElseThrow(
                  () ->
                      new Conflict(
                          "image %s: the upload that workflow %s began is over; upload again if the image is queued"
                              .formatted(id, operation.workflowId())));
        });
  }

  Image completeUpload(Operation operation, UUID id, UUID locationId, ImageData data) {
    return database.write(
        handle ->
            change(
                handle,
                operation,
                id,
                image -> ImageEvent.UPLOAD_SUCCEEDED,
                facts -> {
                  requirePending(handle, id, locationId);
                  return facts.with(new MeasuredDataTable(handle).require(id, locationId, data));
                },
                (before, now) ->
                    new LocationsTable(handle).setStatus(locationId, LocationStatus.ACTIVE, now)));
  }

  void recordMeasured(UUID id, UUID locationId, ImageData data) {
    database.write(
        handle -> {
          requirePending(handle, id, locationId);
          new MeasuredDataTable(handle).record(locationId, data);
          return id;
        });
  }

  void reserveBytes(UUID id, UUID locationId, long bytes) {
    if (limits.bytes() == 0
        || database.read(handle -> new UsageTable(handle).reserved(id)) >= bytes) {
      return;
    }
    database.write(
        handle -> {
          quota.requireBytes(handle, id, bytes);
          requirePending(handle, id, locationId);
          new UsageTable(handle).reserve(id, bytes);
          return id;
        });
  }

  private static void requirePending(Handle handle, UUID id, UUID locationId) {
    Location location =
        new LocationsTable(handle)
            .find(locationId)
            .filter(found -> found.imageId().equals(id))
            .orElseThrow(
                () -> new NotFound("image %s has no location %s".formatted(id, locationId)));
    if (location.status() != LocationStatus.PENDING) {
      throw new Conflict(
          "image %s: location %s is %s, not pending: the upload can't end in it"
              .formatted(id, locationId, location.status()));
    }
  }

  /**
   * @param locationId of the upload that failed; null for whichever holds the image
   */
  Image failUpload(Operation operation, UUID id, FailurePolicy policy, @Nullable UUID locationId) {
    return database.write(
        handle ->
            change(
                handle,
                operation,
                id,
                image -> policy.event(),
                ImageOutcome::withoutData,
                (before, now) -> {
                  if (locationId != null) {
                    requireHolds(handle, id, locationId);
                  }
                  new LocationsTable(handle).condemn(id, now);
                }));
  }

  private static void requireHolds(Handle handle, UUID id, UUID locationId) {
    boolean holds =
        new LocationsTable(handle)
            .find(locationId)
            .filter(found -> found.imageId().equals(id))
            .filter(found -> found.status() == LocationStatus.PENDING)
            .isPresent();
    if (!holds) {
      throw new Conflict(
          "image %s is held by another upload than that to location %s, which is over"
              .formatted(id, locationId));
    }
  }

  Image delete(Operation operation, UUID id, Duration delay) {
    return database.write(
        handle ->
            change(
                handle,
                operation,
                id,
                image -> deletion(image, delay),
                facts -> facts.with(delay),
                (before, now) -> {
                  if (before.isProtected()) {
                    throw new Forbidden(
                        "image %s is protected: delete refused; switch the protection off first"
                            .formatted(id));
                  }
                  new LocationsTable(handle).condemn(id, now);
                }));
  }

  /** Only an image that has such an edge can be kept for the scrub time. */
  private static ImageEvent deletion(Image image, Duration delay) {
    Decision<ImageStatus, ImageEvent> decision =
        ImageLifecycle.TABLE.decide(image.status(), ImageEvent.DELAYED_DELETE);
    boolean delayed = !delay.isZero() && !delay.isNegative();
    return delayed && decision instanceof Decision.Move
        ? ImageEvent.DELAYED_DELETE
        : ImageEvent.DELETE;
  }

  Image completeScrub(Operation operation, UUID id) {
    return database.write(
        handle ->
            change(
                handle,
                operation,
                id,
                image -> ImageEvent.SCRUB,
                facts -> facts,
                (before, now) -> {
                  List<Location> left = new LocationsTable(handle).ofImage(id);
                  if (!left.isEmpty()) {
                    throw new Conflict(
                        "image %s: scrub refused while %d of its locations are left; remove their data first"
                            .formatted(id, left.size()));
                  }
                }));
  }

  Image deactivate(Operation operation, UUID id, Deactivation by) {
    return database.write(
        handle ->
            change(
                handle,
                operation,
                id,
                image -> ImageEvent.DEACTIVATE,
                facts -> facts,
                (before, now) -> new DeactivationsTable(handle).put(id, by, now)));
  }

  Image reactivate(Operation operation, UUID id, BiConsumer<Image, Deactivation> rule) {
    return database.write(
        handle ->
            change(
                handle,
                operation,
                id,
                image -> ImageEvent.REACTIVATE,
                facts -> facts,
                (before, now) -> rule.accept(before, new DeactivationsTable(handle).of(id))));
  }

  private Image change(
      Handle handle,
      Operation operation,
      UUID id,
      Function<Image, ImageEvent> event,
      UnaryOperator<ImageOutcome> facts,
      Effect effect) {
    Image image = new ImagesTable(handle).require(id);
    HistoryTable history = new HistoryTable(handle);
    if (history.has(operation, HistorySubject.IMAGE, id)) {
      return image;
    }
    Optional<Edge<ImageStatus, ImageEvent>> edge =
        Transitions.require(ImageLifecycle.TABLE, id, image.status(), event.apply(image));
    if (edge.isEmpty()) {
      return image;
    }
    Instant now = database.now();
    ImageOutcome after = facts.apply(ImageOutcome.of(image));
    if (!new ImagesTable(handle).move(image, edge.get().to(), after, now)) {
      throw new LostRace("image %s was changed at the same time".formatted(id));
    }
    effect.apply(image, now);
    if (image.status() == ImageStatus.DEACTIVATED) {
      new DeactivationsTable(handle).forget(id);
    }
    history.insert(operation, HistorySubject.IMAGE, id, edge.get(), now);
    return new ImagesTable(handle).require(id);
  }
}
