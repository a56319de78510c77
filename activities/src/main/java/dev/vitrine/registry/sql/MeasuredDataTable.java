package dev.vitrine.registry.sql;

import dev.vitrine.database.Row;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.LocationStatus;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** {@code measured_data}: a row for each location that an upload is to write. */
record MeasuredDataTable(Handle handle) {

  /** A row's data; null while nobody has measured any. */
  private record Measured(@Nullable ImageData data) {}

  void await(UUID locationId) {
    handle
        .createUpdate("insert into measured_data (location_id) values (:locationId)")
        .bind("locationId", locationId)
        .execute();
  }

  void record(UUID locationId, ImageData data) {
    handle
        .createUpdate(
            """
            update measured_data
               set size = :size, checksum = :checksum, sha512 = :sha512,
                   virtual_size = :virtualSize
             where location_id = :locationId
            """)
        .bind("size", data.size())
        .bind("checksum", data.checksum())
        .bind("sha512", data.sha512())
        .bind("virtualSize", data.virtualSize())
        .bind("locationId", locationId)
        .execute();
  }

  void converted(UUID locationId, String diskFormat) {
    handle
        .createUpdate(
            "update measured_data set disk_format = :diskFormat where location_id = :locationId")
        .bind("diskFormat", diskFormat)
        .bind("locationId", locationId)
        .execute();
  }

  /** What data was converted to that an image's import has brought so far; empty if it was not. */
  Optional<String> convertedTo(UUID imageId) {
    return handle
        .createQuery(
            """
            select m.disk_format from image_locations l join measured_data m on m.location_id = l.id
             where l.image_id = :imageId and l.status = :pending and m.disk_format is not null
             order by l.seq limit 1
            """)
        .bind("imageId", imageId)
        .bind("pending", LocationStatus.PENDING.wireName())
        .mapTo(String.class)
        .findOne();
  }

  /**
   * What is true of the data at a location.
   *
   * @param reported what the upload's workflow was told; believed only of an upload that began
   *     where nothing was measured yet, and while a process that measures nothing may write
   * @throws Conflict if nobody has measured any
   */
  ImageData require(UUID imageId, UUID locationId, ImageData reported) {
    Optional<Measured> row = row(locationId);
    if (row.isEmpty()) {
      return reported;
    }
    ImageData measured = row.get().data();
    if (measured == null && new InstallationTable(handle).require().formerWork()) {
      return reported;
    }
    return known(imageId, locationId, measured);
  }

  /** The same of a location that no release wrote without measuring its data. */
  ImageData require(UUID imageId, UUID locationId) {
    return known(imageId, locationId, find(locationId).orElse(null));
  }

  private static ImageData known(UUID imageId, UUID locationId, @Nullable ImageData measured) {
    if (measured == null) {
      throw new Conflict(
          "image %s: no transfer has written and measured data at location %s, whoever says that it is done; upload it again"
              .formatted(imageId, locationId));
    }
    return measured;
  }

  /** What was measured of the data at a location; empty if nothing. */
  Optional<ImageData> find(UUID locationId) {
    return row(locationId).map(Measured::data);
  }

  private Optional<Measured> row(UUID locationId) {
    return handle
        .createQuery("select * from measured_data where location_id = :locationId")
        .bind("locationId", locationId)
        .map(
            (rs, ctx) -> {
              Row found = new Row(rs, ctx);
              Long size = found.numberOrNull("size");
              return new Measured(
                  size == null
                      ? null
                      : new ImageData(
                          size,
                          found.text("checksum"),
                          found.text("sha512"),
                          found.numberOrNull("virtual_size")));
            })
        .findOne();
  }
}
