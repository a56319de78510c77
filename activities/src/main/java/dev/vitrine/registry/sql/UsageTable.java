package dev.vitrine.registry.sql;

import dev.vitrine.image.ImageStatus;
import dev.vitrine.registry.Usage;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** {@code images}, added up: what counts is what may be listed. */
record UsageTable(Handle handle) {

  /** What an image has, or is going to have. */
  private static final String BYTES =
      "case when coalesce(i.size, 0) > i.reserved then i.size else i.reserved end";

  Usage of(String project, Limits limits) {
    return handle
        .createQuery(
            """
            select count(*) as images,
                   cast(coalesce(sum(%s), 0) as bigint) as bytes,
                   count(case when i.status = :saving then 1 end) as uploading
              from images i where i.owner = :project and
            """
                    .formatted(BYTES)
                + ImagesTable.LISTED)
        .bind("project", project)
        .bind("saving", ImageStatus.SAVING.wireName())
        .map(
            (rs, ctx) ->
                new Usage(
                    rs.getLong("images"),
                    limits.images(),
                    rs.getLong("bytes"),
                    limits.bytes(),
                    rs.getLong("uploading")))
        .one();
  }

  long images(String project) {
    return handle
        .createQuery(
            "select count(*) from images i where i.owner = :project and " + ImagesTable.LISTED)
        .bind("project", project)
        .mapTo(Long.class)
        .one();
  }

  /** The bytes of the project's images but that one. */
  long bytesWithout(String project, UUID image) {
    return handle
        .createQuery(
            "select cast(coalesce(sum(%s), 0) as bigint) from images i where i.owner = :project"
                    .formatted(BYTES)
                + " and i.id <> :image and "
                + ImagesTable.LISTED)
        .bind("project", project)
        .bind("image", image)
        .mapTo(Long.class)
        .one();
  }

  long ofImage(UUID image) {
    return handle
        .createQuery("select %s from images i where i.id = :image".formatted(BYTES))
        .bind("image", image)
        .mapTo(Long.class)
        .one();
  }

  /** What is kept for the upload that holds the image, and nothing if none does. */
  long reserved(UUID image) {
    return handle
        .createQuery("select coalesce(max(reserved), 0) from images where id = :image")
        .bind("image", image)
        .mapTo(Long.class)
        .one();
  }

  void reserve(UUID image, long bytes) {
    handle
        .createUpdate(
            """
            update images set reserved = :bytes
             where id = :image and status = :saving and reserved < :bytes
            """)
        .bind("bytes", bytes)
        .bind("image", image)
        .bind("saving", ImageStatus.SAVING.wireName())
        .execute();
  }
}
