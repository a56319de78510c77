package dev.vitrine.registry.sql;

import dev.vitrine.access.ImageAccess;
import dev.vitrine.database.JsonText;
import dev.vitrine.database.Row;
import dev.vitrine.database.UncachedStatement;
import dev.vitrine.image.DescribedImage;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageField;
import dev.vitrine.image.ImageMetadata;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImageUploads;
import dev.vitrine.image.MetadataFields;
import dev.vitrine.image.NewImage;
import dev.vitrine.image.Visibility;
import dev.vitrine.registry.sql.page.ImagePage;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** {@code images}, read together with their properties and tags in one statement. */
record ImagesTable(Handle handle) {

  private static final String PURGEABLE =
      """
      select i.id from images i
       where i.status = 'deleted' and i.updated_at <= :before
         and not exists (select 1 from image_locations l where l.image_id = i.id)
       order by i.updated_at, i.id limit :limit
      """;

  private static final String SELECT_FROM =
      """
      select i.*,
             (select <json_object>(p.name, p.value)
                from image_properties p where p.image_id = i.id) as properties,
             (select <json_array>(t.tag order by t.position)
                from image_tags t where t.image_id = i.id) as tags
        from
      """;

  private static final String SELECT = SELECT_FROM + "images i\n";

  /**
   * The statement that reads all there is of some images.
   *
   * @param rows a subquery for their rows
   */
  static String select(String rows, String order) {
    return SELECT_FROM + rows + " i order by " + order;
  }

  void insert(NewImage image, ImageStatus status, Instant now) {
    Update insert =
        handle.createUpdate(
            """
            insert into images (id, name, status, size, disk_format, container_format, min_disk,
                                min_ram, visibility, protected, os_hidden, owner, created_at,
                                updated_at, version)
            values (:id, :name, :status, :size, :disk_format, :container_format, :min_disk,
                    :min_ram, :visibility, :protected, :os_hidden, :owner, :now, :now, 1)
            """);
    bindMetadata(insert, image)
        .bind("id", image.id())
        .bind("status", status.wireName())
        .bind("size", image.size())
        .bind("now", now)
        .execute();
  }

  /** Each column that people fill, under its own name. */
  private static Update bindMetadata(Update update, DescribedImage image) {
    for (ImageField field : MetadataFields.all()) {
      if (field.isColumn()) {
        update.bind(field.column(), MetadataFields.get(field, image));
      }
    }
    return update;
  }

  Optional<Image> find(UUID id) {
    return handle
        .createQuery(SELECT + "where i.id = :id")
        .bind("id", id)
        .map((rs, ctx) -> image(new Row(rs, ctx)))
        .findOne();
  }

  /** The image, whatever its status. */
  Image require(UUID id) {
    return find(id).orElseThrow(() -> ImageAccess.notFound(id));
  }

  /** The image; one that is deleted, or is kept for the scrub time only, is not found. */
  Image requireLive(UUID id) {
    Image image = require(id);
    return switch (image.status()) {
      case QUEUED, SAVING, UPLOADING, IMPORTING, ACTIVE, DEACTIVATED, KILLED -> image;
      case DELETED, PENDING_DELETE -> throw ImageAccess.notFound(id);
    };
  }

  /** The image, if it isn't deleted, that nobody else changes before this transaction ends. */
  Image lock(UUID id) {
    lockRow(id);
    return requireLive(id);
  }

  /** The same of an image whatever its status. */
  Image lockAnyhow(UUID id) {
    lockRow(id);
    return require(id);
  }

  private void lockRow(UUID id) {
    handle
        .createQuery("select id from images where id = :id <for_update>")
        .bind("id", id)
        .mapTo(String.class)
        .findOne();
  }

  /** Notes that something that belongs to the image has changed. */
  void touch(UUID id, Instant now) {
    handle
        .createUpdate("update images set updated_at = :now, version = version + 1 where id = :id")
        .bind("now", now)
        .bind("id", id)
        .execute();
  }

  /** What is known at last of the data of an image that is active with it; no edge. */
  void measured(UUID id, ImageData data, Instant now) {
    handle
        .createUpdate(
            """
            update images
               set size = :size, virtual_size = :virtualSize, checksum = :checksum,
                   os_hash_algo = :hashAlgo, os_hash_value = :sha512, updated_at = :now,
                   version = version + 1
             where id = :id and checksum is null
            """)
        .bind("size", data.size())
        .bind("virtualSize", data.virtualSize())
        .bind("checksum", data.checksum())
        .bind("hashAlgo", ImageData.HASH_ALGO)
        .bind("sha512", data.sha512())
        .bind("now", now)
        .bind("id", id)
        .execute();
  }

  /**
   * The compare-and-set of what isn't its status: changes the row if it still is as it was read.
   *
   * @return whether it was
   */
  boolean update(Image read, ImageMetadata to, Instant now) {
    Update update =
        handle.createUpdate(
            """
            update images
               set name = :name, disk_format = :disk_format,
                   container_format = :container_format, min_disk = :min_disk,
                   min_ram = :min_ram, visibility = :visibility, protected = :protected,
                   os_hidden = :os_hidden, owner = :owner, updated_at = :now,
                   version = version + 1
             where id = :id and version = :version
            """);
    return bindMetadata(update, to)
            .bind("now", now)
            .bind("id", read.id())
            .bind("version", read.version())
            .execute()
        == 1;
  }

  /**
   * The compare-and-set: moves the image on if it still is as it was read.
   *
   * @return whether it was
   */
  boolean move(Image read, ImageStatus to, ImageOutcome facts, Instant now) {
    boolean deleted = to == ImageStatus.DELETED || to == ImageStatus.PENDING_DELETE;
    return handle
            .createUpdate(
                """
                update images
                   set status = :to, size = :size, virtual_size = :virtualSize,
                       checksum = :checksum,
                       os_hash_algo = :hashAlgo, os_hash_value = :hashValue,
                       failure_policy = :policy, reserved = :reserved, updated_at = :now,
                       deleted_at = :deletedAt, scrub_at = :scrubAt, version = version + 1
                 where id = :id and status = :from and version = :version
                """)
            .bind("to", to.wireName())
            .bind("size", facts.size())
            .bind("virtualSize", facts.virtualSize())
            .bind("checksum", facts.checksum())
            .bind("hashAlgo", facts.hashAlgo())
            .bind("hashValue", facts.hashValue())
            .bind("policy", facts.policy() == null ? null : facts.policy().wireName())
            .bind("reserved", facts.reserved())
            .bind("now", now)
            .bindByType(
                "deletedAt",
                deleted && read.deletedAt() == null ? now : read.deletedAt(),
                Instant.class)
            .bindByType(
                "scrubAt",
                to == ImageStatus.PENDING_DELETE ? facts.scrubAt(now) : null,
                Instant.class)
            .bind("id", read.id())
            .bind("from", read.status().wireName())
            .bind("version", read.version())
            .execute()
        == 1;
  }

  /** Counts an upload that has begun, and notes which workflow it is. */
  void countUpload(UUID id, String workflowId) {
    handle
        .createUpdate(
            """
            update images set uploads = uploads + 1, upload_workflow = :workflowId where id = :id
            """)
        .bind("workflowId", workflowId)
        .bind("id", id)
        .execute();
  }

  /** What {@link #countUpload} has noted. */
  ImageUploads uploads(UUID id) {
    return handle
        .createQuery("select uploads, upload_workflow from images where id = :id")
        .bind("id", id)
        .map(
            (rs, ctx) -> {
              Row row = new Row(rs, ctx);
              return new ImageUploads(
                  row.smallNumber("uploads"), row.textOrNull("upload_workflow"));
            })
        .findOne()
        .orElseThrow(() -> ImageAccess.notFound(id));
  }

  List<Image> page(ImagePage page) {
    return UncachedStatement.query(handle, select(page.rows(), page.order()))
        .bindMap(page.values())
        .map((rs, ctx) -> image(new Row(rs, ctx)))
        .list();
  }

  /** What {@link #deletePurgeable} would remove. */
  List<UUID> purgeable(Instant before, int limit) {
    return handle
        .createQuery(PURGEABLE)
        .bind("before", before)
        .bind("limit", limit)
        .map((rs, ctx) -> new Row(rs, ctx).uuid("id"))
        .list();
  }

  /**
   * Removes rows, with their properties, tags and members.
   *
   * @param before the image must have been deleted by then; nothing changes its row afterwards
   * @return the ids of those removed
   */
  List<UUID> deletePurgeable(Instant before, int limit) {
    return handle
        .createQuery("delete from images where id in (%s) returning id".formatted(PURGEABLE))
        .bind("before", before)
        .bind("limit", limit)
        .map((rs, ctx) -> new Row(rs, ctx).uuid("id"))
        .list();
  }

  private static Image image(Row row) throws SQLException {
    String policy = row.textOrNull("failure_policy");
    return new Image(
        row.uuid("id"),
        row.textOrNull("name"),
        ImageStatus.of(row.text("status")),
        row.numberOrNull("size"),
        row.numberOrNull("virtual_size"),
        row.textOrNull("checksum"),
        row.textOrNull("os_hash_algo"),
        row.textOrNull("os_hash_value"),
        row.textOrNull("disk_format"),
        row.textOrNull("container_format"),
        row.smallNumber("min_disk"),
        row.smallNumber("min_ram"),
        Visibility.of(row.text("visibility")),
        row.flag("protected"),
        row.flag("os_hidden"),
        row.text("owner"),
        policy == null ? null : FailurePolicy.of(policy),
        row.instant("created_at"),
        row.instant("updated_at"),
        row.instantOrNull("deleted_at"),
        row.instantOrNull("scrub_at"),
        row.number("version"),
        JsonText.strings(row.textOrNull("properties")),
        JsonText.list(row.textOrNull("tags")));
  }
}
