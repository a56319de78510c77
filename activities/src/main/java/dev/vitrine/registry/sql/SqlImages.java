package dev.vitrine.registry.sql;

import dev.vitrine.access.Deactivation;
import dev.vitrine.access.Relation;
import dev.vitrine.access.Requester;
import dev.vitrine.activity.Operation;
import dev.vitrine.database.Database;
import dev.vitrine.database.LostRace;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageEvent;
import dev.vitrine.image.ImageLifecycle;
import dev.vitrine.image.ImageMetadata;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.image.PathSegment;
import dev.vitrine.lifecycle.Edge;
import dev.vitrine.listing.ImageQuery;
import dev.vitrine.registry.IdempotencyKey;
import dev.vitrine.registry.IdempotencyKey.Claim;
import dev.vitrine.registry.ImageLookup;
import dev.vitrine.registry.ImageRecords;
import dev.vitrine.registry.Usage;
import dev.vitrine.registry.sql.history.HistorySubject;
import dev.vitrine.registry.sql.history.HistoryTable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** The images in the database. */
record SqlImages(
    Database database, Duration keyTimeToLive, Limits limits, Quota quota, ImageEdges edges)
    implements ImageRecords, ImageLookup {

  @Override
  public Image create(Operation operation, NewImage image) {
    return database.transaction("create image", handle -> create(handle, operation, image));
  }

  @Override
  public Claim create(Operation operation, NewImage image, IdempotencyKey key) {
    return database.transaction(
        "create image by key",
        handle -> {
          Claim claim = new KeysTable(handle).claim(key, image.id(), database.now(), keyTimeToLive);
          if (claim.isNew()) {
            create(handle, operation, image);
          }
          return claim;
        });
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
    new HistoryTable(handle).insert(operation, HistorySubject.IMAGE, id, image.owner(), edge, now);
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

  @Override
  public Optional<Image> find(UUID imageId) {
    return database.read("find image", handle -> new ImagesTable(handle).find(imageId));
  }

  @Override
  public boolean isMember(UUID imageId, String project) {
    return database.read(
        "find member", handle -> new MembersTable(handle).find(imageId, project).isPresent());
  }

  @Override
  public List<Image> list(ImageQuery query, Set<Relation> seen) {
    return database.read("list images", handle -> new ImageListing(handle).page(query, seen));
  }

  @Override
  public Usage usage(String project) {
    return database.read(
        "usage of project", handle -> new UsageTable(handle).withStaged(project, limits));
  }

  @Override
  public Image change(UUID imageId, Function<Image, ImageMetadata> change) {
    return new MetadataChanges(database, limits, quota).change(imageId, change);
  }

  @Override
  public Image deactivate(Operation operation, UUID id, Requester by) {
    return database.transaction(
        "deactivate image",
        handle ->
            edges.take(
                handle,
                operation,
                id,
                image -> ImageEvent.DEACTIVATE,
                facts -> facts,
                (before, now) -> new DeactivationsTable(handle).put(id, Deactivation.by(by), now)));
  }

  @Override
  public Image reactivate(Operation operation, UUID id, BiConsumer<Image, Deactivation> rule) {
    return database.transaction(
        "reactivate image",
        handle ->
            edges.take(
                handle,
                operation,
                id,
                image -> ImageEvent.REACTIVATE,
                facts -> facts,
                (before, now) -> rule.accept(before, new DeactivationsTable(handle).of(id))));
  }
}
