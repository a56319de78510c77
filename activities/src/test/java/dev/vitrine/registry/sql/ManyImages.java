package dev.vitrine.registry.sql;

import dev.vitrine.database.Database;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.statement.PreparedBatch;

/** So many images that how a database finds one matters, a second apart. */
record ManyImages(Database database) {

  /** Has a tenth of them. */
  static final String GROWING = "growing";

  /** Has as many of the first thousand, and none of the others. */
  static final String RESTING = "resting";

  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

  static UUID id(int image) {
    return new UUID(0x4000L, Long.MIN_VALUE | image);
  }

  static Instant at(int image) {
    return FIRST.plusSeconds(image);
  }

  static String checksum(int image) {
    return "%016x%016x".formatted(image * 0x9e3779b97f4a7c15L, image);
  }

  static String hash(int image) {
    return checksum(image) + "0".repeat(96);
  }

  private static String owner(int image) {
    return switch (image % 10) {
      case 0 -> GROWING;
      case 1 -> image < 1_000 ? RESTING : "another";
      default -> "project " + image % 97;
    };
  }

  /**
   * Those with numbers in that range.
   *
   * @param changed seconds after they were made
   */
  void add(int from, int to, String status, int changed) {
    database.transaction(
        "test",
        handle -> {
          PreparedBatch images =
              handle.prepareBatch(
                  """
                  insert into images (id, name, status, size, checksum, os_hash_algo, os_hash_value,
                                      min_disk, min_ram, visibility, protected, os_hidden, owner,
                                      created_at, updated_at, version)
                  values (:id, :name, :status, :size, :checksum, 'sha512', :hash, 0, 0, :visibility,
                          :no, :no, :owner, :at, :changed, 1)
                  """);
          PreparedBatch tags =
              handle.prepareBatch(
                  "insert into image_tags (image_id, position, tag) values (:id, 0, :tag)");
          PreparedBatch properties =
              handle.prepareBatch(
                  "insert into image_properties (image_id, name, value) values (:id, :name,"
                      + " :value)");
          for (int image = from; image < to; image++) {
            images
                .bind("id", id(image))
                .bind("name", "image " + image)
                .bind("status", status)
                .bind("size", (long) image)
                .bind("checksum", checksum(image))
                .bind("hash", hash(image))
                .bind(
                    "visibility",
                    List.of("shared", "private", "public", "community").get(image / 10 % 4))
                .bind("no", false)
                .bind("owner", owner(image))
                .bind("at", at(image))
                .bind("changed", at(image + changed))
                .add();
            tags.bind("id", id(image))
                .bind("tag", image % 2 == 0 ? "common" : "tag " + image)
                .add();
            properties
                .bind("id", id(image))
                .bind("name", "os_distro")
                .bind("value", image % 3 == 0 ? "common" : "other")
                .add();
            properties.bind("id", id(image)).bind("name", "build").bind("value", "" + image).add();
          }
          images.execute();
          tags.execute();
          properties.execute();
          return to;
        });
  }
}
