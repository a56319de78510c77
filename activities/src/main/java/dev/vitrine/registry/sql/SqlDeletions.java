package dev.vitrine.registry.sql;

import dev.vitrine.activity.Operation;
import dev.vitrine.database.Database;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageEvent;
import dev.vitrine.image.ImageLifecycle;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImportFields;
import dev.vitrine.image.Location;
import dev.vitrine.lifecycle.Decision;
import dev.vitrine.registry.Deletions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The edges of an image that is deleted. */
record SqlDeletions(Database database, ImageEdges edges) implements Deletions {

  @Override
  public Image delete(Operation operation, UUID id, Duration delay) {
    return database.transaction(
        "delete image",
        handle ->
            edges.take(
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
                  if (before.status() == ImageStatus.IMPORTING
                      || ImportFields.isImporting(before.properties())) {
                    new ImportsTable(handle).end(id, false);
                  }
                  new ImportProperties(handle).forget(before);
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

  @Override
  public Image completeScrub(Operation operation, UUID id) {
    return database.transaction(
        "complete scrub",
        handle ->
            edges.take(
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
}
