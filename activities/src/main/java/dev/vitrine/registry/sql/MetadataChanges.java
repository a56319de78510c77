package dev.vitrine.registry.sql;

import dev.vitrine.database.Database;
import dev.vitrine.database.LostRace;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageMetadata;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.PathSegment;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Changes of what isn't status or data: a compare-and-set on the version, without history. */
record MetadataChanges(Database database, Limits limits, Quota quota) {

  Image change(UUID id, Function<Image, ImageMetadata> change) {
    return database.transaction(
        "change image",
        handle -> {
          ImagesTable images = new ImagesTable(handle);
          Image before = images.requireLive(id);
          ImageMetadata present = ImageMetadata.of(before);
          ImageMetadata after = change.apply(before);
          if (after.equals(present)) {
            return before;
          }
          after.requireValidAfter(present);
          requireAllowed(before, after);
          limits.requireMetadata(present, after);
          if (!before.owner().equals(after.owner())) {
            quota.requireMove(handle, before, after.owner());
          }
          Instant now = database.now();
          if (!images.update(before, after, now)) {
            throw new LostRace("image %s was changed at the same time".formatted(id));
          }
          new PropertiesTable(handle).replace(id, before.properties(), after.properties());
          new TagsTable(handle).replace(id, before.tags(), after.tags());
          return images.require(id);
        });
  }

  private void requireAllowed(Image before, ImageMetadata after) {
    UUID id = before.id();
    if (!after.id().equals(id)) {
      throw new Invalid("image %s: its id can't become %s".formatted(id, after.id()));
    }
    requireFormat(before, "disk_format", before.diskFormat(), after.diskFormat());
    requireFormat(before, "container_format", before.containerFormat(), after.containerFormat());
    limits.requireProperties(id, before.properties().size(), after.properties().size());
    limits.requireTags(id, before.tags().size(), after.tags().size());
    after.tags().stream()
        .filter(tag -> !before.tags().contains(tag))
        .forEach(tag -> PathSegment.require("tag", tag));
  }

  /** Source: Glance; what data is said to be can't change once there is some. */
  private static void requireFormat(
      Image image, String field, @Nullable String before, @Nullable String after) {
    if (image.status() != ImageStatus.QUEUED && !Objects.equals(before, after)) {
      throw new Forbidden(
          "image %s is %s: %s '%s' can't become '%s'; it may change only while queued"
              .formatted(image.id(), image.status(), field, before, after));
    }
  }
}
