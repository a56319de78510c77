package dev.vitrine.registry.sql;

import dev.vitrine.image.ImageStatus;
import dev.vitrine.registry.Usage;
import dev.vitrine.registry.sql.page.ImagePage;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** {@code project_usage}: images added up, of those that may be listed; and what one image adds. */
record UsageTable(Handle handle) {

  /** What counts of one image at most, as in the migrations. */
  private static final long MOST = 1L << 50;

  /** What an image has, or is going to have. */
  private static final String BYTES =
      """
      case when i.size > %1$d or i.reserved > %1$d then %1$d
           when coalesce(i.size, 0) > i.reserved then i.size else i.reserved end\
      """
          .formatted(MOST);

  Usage of(String project, Limits limits) {
    return handle
        .createQuery(
            """
            select cast(coalesce(sum(images), 0) as bigint) as images,
                   cast(coalesce(sum(bytes), 0) as bigint) as bytes,
                   cast(coalesce(sum(uploading), 0) as bigint) as uploading
              from project_usage where project = :project
            """)
        .bind("project", project)
        .map(
            (rs, ctx) ->
                new Usage(
                    rs.getLong("images"),
                    limits.images(),
                    rs.getLong("bytes"),
                    limits.bytes(),
                    rs.getLong("uploading"),
                    0))
        .one();
  }

  /** The same with what is staged, which is added up: few images are. */
  Usage withStaged(String project, Limits limits) {
    Usage usage = of(project, limits);
    long staged =
        handle
            .createQuery(
                """
                select cast(coalesce(sum(reserved), 0) as bigint) from images
                 where owner = :project and status in ('uploading', 'importing')
                """)
            .bind("project", project)
            .mapTo(Long.class)
            .one();
    return new Usage(
        usage.images(),
        usage.imageLimit(),
        usage.bytes(),
        usage.byteLimit(),
        usage.uploading(),
        staged);
  }

  /** The bytes of the project's images but that one. */
  long bytesWithout(String project, UUID image) {
    return handle
        .createQuery(
            """
            select cast(coalesce((select sum(bytes) from project_usage where project = :project), 0)
                        - coalesce((select %s from images i
                                     where i.id = :image and i.owner = :project and %s), 0)
                        as bigint)
            """
                .formatted(BYTES, ImagePage.LISTED))
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

  /** Exactly so many bytes, now that they are known. */
  void keep(UUID image, long bytes) {
    handle
        .createUpdate("update images set reserved = :bytes where id = :image")
        .bind("bytes", bytes)
        .bind("image", image)
        .execute();
  }

  void reserve(UUID image, long bytes) {
    handle
        .createUpdate(
            """
            update images set reserved = :bytes
             where id = :image and status in (:saving, :uploading, :importing)
               and reserved < :bytes
            """)
        .bind("bytes", bytes)
        .bind("image", image)
        .bind("saving", ImageStatus.SAVING.wireName())
        .bind("uploading", ImageStatus.UPLOADING.wireName())
        .bind("importing", ImageStatus.IMPORTING.wireName())
        .execute();
  }
}
