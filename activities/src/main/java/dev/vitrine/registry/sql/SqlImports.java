package dev.vitrine.registry.sql;

import dev.vitrine.activity.ImportOrder;
import dev.vitrine.activity.ImportPlan;
import dev.vitrine.activity.Operation;
import dev.vitrine.database.Database;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageEvent;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImportMethod;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.registry.ImportedDescription;
import dev.vitrine.registry.Imports;
import dev.vitrine.registry.sql.ImportsTable.Held;
import dev.vitrine.workflow.WorkflowIds;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The edges of an image that is staged and imported. Its row is locked while an import changes. */
record SqlImports(Database database, Quota quota, ImageEdges edges) implements Imports {

  @Override
  public Location beginStage(
      Operation operation, UUID id, String store, @Nullable Long declaredSize) {
    long reserved = declaredSize == null ? 0 : declaredSize;
    return database.transaction(
        "begin stage",
        handle -> {
          quota.queue(handle, id);
          Image unused =
              edges.move(
                  handle,
                  operation,
                  id,
                  image -> ImageEvent.BEGIN_STAGE,
                  facts -> facts.with(FailurePolicy.REQUEUE, reserved),
                  (before, now) -> {
                    quota.requireBytes(handle, id, reserved);
                    new ImagesTable(handle).countUpload(id, operation.workflowId());
                    new ImportProperties(handle).forget(before);
                    new LocationsTable(handle).insertPending(id, store, operation.id(), now);
                  });
          return new LocationsTable(handle)
              .findByOperation(operation.id())
              .filter(location -> location.status() == LocationStatus.PENDING)
              .orElseThrow(
                  () ->
                      new Conflict(
                          "image %s: the stage that workflow %s began is over; stage again if the image is queued"
                              .formatted(id, operation.workflowId())));
        });
  }

  @Override
  public Image completeStage(UUID id, UUID locationId) {
    return database.transaction(
        "complete stage",
        handle -> {
          Image image = new ImagesTable(handle).lock(id);
          ImageData data = new MeasuredDataTable(handle).require(id, locationId);
          if (image.status() != ImageStatus.UPLOADING && isKept(handle, locationId)) {
            // Whoever knows that it is staged may import it before its stage has been told.
            return image;
          }
          new LocationsTable(handle).requireHolds(id, locationId);
          new UsageTable(handle).keep(id, data.size());
          new LocationsTable(handle).setStatus(locationId, LocationStatus.PENDING, database.now());
          return image;
        });
  }

  private static boolean isKept(Handle handle, UUID locationId) {
    return new LocationsTable(handle)
        .find(locationId)
        .filter(each -> each.status() != LocationStatus.PENDING_DELETE)
        .isPresent();
  }

  @Override
  public Image failStage(Operation operation, UUID id, @Nullable UUID locationId) {
    return database.transaction(
        "fail stage",
        handle ->
            edges.take(
                handle,
                operation,
                id,
                image -> ImageEvent.STAGE_FAILED,
                ImageOutcome::withoutData,
                (before, now) -> {
                  if (locationId != null) {
                    new LocationsTable(handle).requireHolds(id, locationId);
                  }
                  new LocationsTable(handle).condemn(id, now);
                }));
  }

  @Override
  public ImportPlan begin(Operation operation, UUID taskId, UUID id, ImportOrder order) {
    return database.transaction(
        "begin import",
        handle -> {
          quota.queue(handle, id);
          Image image = new ImagesTable(handle).lock(id);
          Optional<Held> last = new ImportsTable(handle).find(id);
          ImportTargets targets = new ImportTargets(handle, taskId, image, order);
          if (last.isPresent() && last.get().isOf(taskId)) {
            return last.get().goesOn() ? targets.plan() : ImportPlan.over(last.get().succeeded());
          }
          last.ifPresent(held -> requireOver(id, held));
          targets.requireImportable();
          begin(handle, operation, taskId, image, targets);
          return targets.plan();
        });
  }

  @Override
  public void require(UUID id, ImportOrder order) {
    database.read(
        "require importable",
        handle -> {
          Image image = new ImagesTable(handle).requireLive(id);
          new ImportsTable(handle).find(id).ifPresent(held -> requireOver(id, held));
          new ImportTargets(handle, id, image, order).requireImportable();
          return image;
        });
  }

  private static void requireOver(UUID id, Held held) {
    if (held.goesOn()) {
      throw new Conflict(
          "image %s: the import of task %s holds it; wait for it, or cancel it"
              .formatted(id, held.taskId()));
    }
  }

  private void begin(
      Handle handle, Operation operation, UUID taskId, Image image, ImportTargets targets) {
    UUID id = image.id();
    ImportOrder order = targets.order();
    if (order.method() == ImportMethod.LOCATION_DIGESTS) {
      edges.take(
          handle,
          operation,
          id,
          before -> ImageEvent.ADD_LOCATION,
          facts -> facts,
          (before, now) -> {});
    } else if (order.method().makesActive()) {
      long reserved = targets.staged().map(targets::size).orElse(0L);
      edges.take(
          handle,
          operation,
          id,
          before -> ImageEvent.BEGIN_IMPORT,
          facts -> facts.with(FailurePolicy.REQUEUE, reserved),
          (before, now) -> quota.requireBytes(handle, id, reserved));
    } else {
      new ImagesTable(handle).touch(id, database.now());
    }
    Instant now = database.now();
    // The task's, whoever was first to write: whom a deletion tells, and reconciliation asks after.
    new ImagesTable(handle).countUpload(id, WorkflowIds.task(taskId));
    new ImportsTable(handle).begin(id, taskId, order.method(), now);
    if (!order.method().isLocation()) {
      new ImportProperties(handle).importing(image, targets.stores());
    }
    targets.insert(now);
  }

  @Override
  public Image succeed(
      Operation operation,
      UUID taskId,
      UUID id,
      Collection<UUID> stored,
      Collection<String> failed,
      Map<String, String> given) {
    return database.transaction(
        "succeed import",
        handle -> {
          Image image = new ImagesTable(handle).lock(id);
          Held held = requireHeld(handle, id, taskId);
          if (held.succeeded()) {
            return image;
          }
          Instant now = database.now();
          if (held.method().makesActive()) {
            ImageData data = measured(handle, id, stored);
            edges.take(
                handle,
                operation,
                id,
                before -> ImageEvent.IMPORT_SUCCEEDED,
                facts -> facts.with(data),
                (before, at) -> {});
            image = describeConverted(handle, image, now);
          } else if (held.method() == ImportMethod.LOCATION_DIGESTS) {
            new ImagesTable(handle).measured(id, measuredElsewhere(handle, id, stored), now);
          } else {
            requireCopied(handle, image, stored);
            new ImagesTable(handle).touch(id, now);
          }
          LocationsTable locations = new LocationsTable(handle);
          stored.forEach(each -> locations.setStatus(each, LocationStatus.ACTIVE, now));
          locations.condemnPending(id, now);
          new ImportProperties(handle)
              .over(image, failed, isInjected(held.method()) ? given : Map.of());
          new ImportsTable(handle).end(id, true);
          new TasksTable(handle).recordExported(taskId);
          return new ImagesTable(handle).require(id);
        });
  }

  /** As in the reference, only where data is brought to an image. */
  private static boolean isInjected(ImportMethod method) {
    return method.makesActive() && !method.isLocation();
  }

  /** What data was converted to is what the image is. */
  private static Image describeConverted(Handle handle, Image image, Instant now) {
    return new MeasuredDataTable(handle)
        .convertedTo(image.id())
        .map(format -> new ImportedDescription(format, image.containerFormat(), Map.of()))
        .map(converted -> new ImportProperties(handle).describe(image.id(), converted, now))
        .orElse(image);
  }

  private static Held requireHeld(Handle handle, UUID id, UUID taskId) {
    return new ImportsTable(handle)
        .find(id)
        .filter(held -> held.isOf(taskId) && (held.goesOn() || held.succeeded()))
        .orElseThrow(
            () ->
                new Conflict(
                    "image %s: the import of task %s is over, and has not succeeded"
                        .formatted(id, taskId)));
  }

  /** What all of them have; there is one at least. */
  private static ImageData measured(Handle handle, UUID id, Collection<UUID> stored) {
    List<ImageData> all =
        stored.stream().map(each -> new MeasuredDataTable(handle).require(id, each)).toList();
    stored.forEach(each -> new LocationsTable(handle).requirePending(id, each));
    if (all.isEmpty()) {
      throw new Conflict("image %s: an import without data in any store".formatted(id));
    }
    ImageData first = all.get(0);
    all.forEach(each -> ExpectedData.exactly(first).verify(id, each));
    return all.stream().filter(each -> each.virtualSize() != null).findFirst().orElse(first);
  }

  /** What the one that the image is active with has. */
  private static ImageData measuredElsewhere(Handle handle, UUID id, Collection<UUID> stored) {
    UUID location =
        stored.stream()
            .findFirst()
            .orElseThrow(() -> new Conflict("image %s: nothing was measured".formatted(id)));
    return new MeasuredDataTable(handle).require(id, location);
  }

  private static void requireCopied(Handle handle, Image image, Collection<UUID> stored) {
    UUID id = image.id();
    if (image.status() != ImageStatus.ACTIVE) {
      throw new Conflict(
          "image %s is %s: its copies need an active image".formatted(id, image.status()));
    }
    if (!stored.isEmpty()) {
      new ExpectedData(image.size(), image.checksum(), image.osHashValue())
          .verify(id, measured(handle, id, stored));
    }
  }

  @Override
  public List<Location> fail(Operation operation, UUID taskId, UUID id, Collection<String> failed) {
    return database.transaction(
        "fail import",
        handle -> {
          Image image = new ImagesTable(handle).lockAnyhow(id);
          Optional<Held> held = new ImportsTable(handle).find(id).filter(each -> each.isOf(taskId));
          if (held.filter(Held::goesOn).isPresent()) {
            fail(handle, operation, image, failed);
          }
          boolean deleted =
              image.status() == ImageStatus.DELETED || image.status() == ImageStatus.PENDING_DELETE;
          // What a deletion has condemned, that removes.
          return deleted || held.filter(each -> !each.succeeded()).isEmpty()
              ? List.of()
              : new LocationsTable(handle)
                  .ofImage(id).stream()
                      .filter(each -> each.status() == LocationStatus.PENDING_DELETE)
                      .toList();
        });
  }

  private void fail(Handle handle, Operation operation, Image held, Collection<String> failed) {
    Image image = held;
    UUID id = image.id();
    Instant now = database.now();
    if (image.status() == ImageStatus.IMPORTING) {
      edges.take(
          handle,
          operation,
          id,
          before -> ImageEvent.IMPORT_FAILED,
          ImageOutcome::withoutData,
          (before, at) -> {});
      image = new ImportProperties(handle).undo(image, now);
    } else if (image.status() == ImageStatus.ACTIVE || image.status() == ImageStatus.DEACTIVATED) {
      new ImagesTable(handle).touch(id, now);
    }
    new LocationsTable(handle).forgetPendingElsewhere(id);
    new LocationsTable(handle).condemnPending(id, now);
    new ImportProperties(handle).over(image, failed);
    new ImportsTable(handle).end(id, false);
  }
}
