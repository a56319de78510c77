package dev.vitrine.registry.sql;

import dev.vitrine.database.Row;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** {@code image_locations}. A row is there for as long as there may be data. */
record LocationsTable(Handle handle) {

  private static final UUID BEFORE_ALL = new UUID(0, 0);

  void insert(Location location, String operationId) {
    handle
        .createUpdate(
            """
            insert into image_locations (id, image_id, store, key, status, updated_at, operation_id)
            values (:id, :imageId, :store, :key, :status, :updatedAt, :operationId)
            """)
        .bind("id", location.id())
        .bind("imageId", location.imageId())
        .bind("store", location.store())
        .bind("key", location.key())
        .bind("status", location.status().wireName())
        .bind("updatedAt", location.updatedAt())
        .bind("operationId", operationId)
        .execute();
  }

  /** A new {@code pending} one under a key of its own, whose data somebody is to measure. */
  Location insertPending(UUID imageId, String store, String operationId, Instant now) {
    UUID id = UUID.randomUUID();
    String key = imageId + "/" + id;
    Location location = new Location(id, imageId, store, key, LocationStatus.PENDING, now);
    insert(location, operationId);
    new MeasuredDataTable(handle).await(id);
    return location;
  }

  Optional<Location> find(UUID id) {
    return handle
        .createQuery("select * from image_locations where id = :id")
        .bind("id", id)
        .map((rs, ctx) -> location(new Row(rs, ctx)))
        .findOne();
  }

  /** The location that an operation made, if it is still there. */
  Optional<Location> findByOperation(String operationId) {
    return handle
        .createQuery("select * from image_locations where operation_id = :operationId")
        .bind("operationId", operationId)
        .map((rs, ctx) -> location(new Row(rs, ctx)))
        .findOne();
  }

  List<Location> ofImage(UUID imageId) {
    return handle
        .createQuery("select * from image_locations where image_id = :imageId order by seq")
        .bind("imageId", imageId)
        .map((rs, ctx) -> location(new Row(rs, ctx)))
        .list();
  }

  /** A page of those in stores, by their ids. */
  List<Location> active(@Nullable String store, @Nullable UUID after, int most) {
    Query query =
        handle
            .createQuery(
                "select * from image_locations where id > :after and status = :active"
                    + (store == null ? " and store <> :store" : " and store = :store")
                    + " order by id limit :most")
            .bind("after", after == null ? BEFORE_ALL : after)
            .bind("active", LocationStatus.ACTIVE.wireName())
            .bind("store", store == null ? Location.EXTERNAL : store)
            .bind("most", most);
    return query.map((rs, ctx) -> location(new Row(rs, ctx))).list();
  }

  /** Not empty. */
  List<Location> ofImages(Collection<UUID> imageIds) {
    return handle
        .createQuery("select * from image_locations where image_id in (<imageIds>) order by seq")
        .bindList("imageIds", List.copyOf(imageIds))
        .map((rs, ctx) -> location(new Row(rs, ctx)))
        .list();
  }

  void setStatus(UUID id, LocationStatus status, Instant now) {
    handle
        .createUpdate(
            "update image_locations set status = :status, updated_at = :now where id = :id")
        .bind("status", status.wireName())
        .bind("now", now)
        .bind("id", id)
        .execute();
  }

  /** Marks every location of the image for removal. */
  void condemn(UUID imageId, Instant now) {
    handle
        .createUpdate(
            """
            update image_locations set status = :condemned, updated_at = :now
             where image_id = :imageId and status <> :condemned
            """)
        .bind("condemned", LocationStatus.PENDING_DELETE.wireName())
        .bind("now", now)
        .bind("imageId", imageId)
        .execute();
  }

  /** The same for those that are {@code pending}. */
  void condemnPending(UUID imageId, Instant now) {
    handle
        .createUpdate(
            """
            update image_locations set status = :condemned, updated_at = :now
             where image_id = :imageId and status = :pending
            """)
        .bind("condemned", LocationStatus.PENDING_DELETE.wireName())
        .bind("pending", LocationStatus.PENDING.wireName())
        .bind("now", now)
        .bind("imageId", imageId)
        .execute();
  }

  void delete(UUID id) {
    handle.createUpdate("delete from image_locations where id = :id").bind("id", id).execute();
  }

  /** Requires that whoever brings data to that location holds the image. */
  void requireHolds(UUID imageId, UUID locationId) {
    boolean holds =
        find(locationId)
            .filter(found -> found.imageId().equals(imageId))
            .filter(found -> found.status() == LocationStatus.PENDING)
            .isPresent();
    if (!holds) {
      throw new Conflict(
          "image %s is held by another upload than that to location %s, which is over"
              .formatted(imageId, locationId));
    }
  }

  private static Location location(Row row) throws SQLException {
    return new Location(
        row.uuid("id"),
        row.uuid("image_id"),
        row.text("store"),
        row.text("key"),
        LocationStatus.of(row.text("status")),
        row.instant("updated_at"));
  }

  /** A row for data that stays at that URL, which somebody is to measure. */
  void insertElsewhere(
      UUID imageId, String url, LocationStatus status, String operationId, Instant now) {
    UUID id = UUID.randomUUID();
    insert(new Location(id, imageId, Location.EXTERNAL, url, status, now), operationId);
    new MeasuredDataTable(handle).await(id);
  }

  /** Nobody has to remove what stays elsewhere. */
  void forgetPendingElsewhere(UUID imageId) {
    handle
        .createUpdate(
            """
            delete from image_locations
             where image_id = :imageId and store = :store and status = :pending
            """)
        .bind("imageId", imageId)
        .bind("store", Location.EXTERNAL)
        .bind("pending", LocationStatus.PENDING.wireName())
        .execute();
  }

  private Location require(UUID imageId, UUID locationId) {
    return find(locationId)
        .filter(found -> found.imageId().equals(imageId))
        .orElseThrow(
            () -> new NotFound("image %s has no location %s".formatted(imageId, locationId)));
  }

  /** Requires that somebody may still note what was measured there. */
  void requireMeasurable(UUID imageId, UUID locationId) {
    Location location = require(imageId, locationId);
    boolean activeElsewhere =
        location.store().equals(Location.EXTERNAL) && location.status() == LocationStatus.ACTIVE;
    if (!activeElsewhere) {
      requirePending(imageId, locationId);
    }
  }

  /** Requires that an upload may still end in that location of the image. */
  void requirePending(UUID imageId, UUID locationId) {
    Location location = require(imageId, locationId);
    if (location.status() != LocationStatus.PENDING) {
      throw new Conflict(
          "image %s: location %s is %s, not pending: the upload can't end in it"
              .formatted(imageId, locationId, location.status()));
    }
  }
}
