package dev.vitrine.registry.sql;

import dev.vitrine.database.Database;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageMetadata;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.registry.ImportedDescription;
import dev.vitrine.registry.TransferNotes;
import dev.vitrine.task.Progress;
import java.util.UUID;

/** What transfers tell, in the rows of locations and tasks. */
record SqlTransferNotes(Database database, Limits limits, Quota quota) implements TransferNotes {

  @Override
  public void reserve(UUID id, UUID locationId, long bytes) {
    if (limits.bytes() == 0
        || database.read("reserved bytes", handle -> new UsageTable(handle).reserved(id))
            >= bytes) {
      return;
    }
    database.transaction(
        "reserve bytes",
        handle -> {
          quota.requireBytes(handle, id, bytes);
          new LocationsTable(handle).requirePending(id, locationId);
          new UsageTable(handle).reserve(id, bytes);
          return id;
        });
  }

  @Override
  public void recordMeasured(UUID id, UUID locationId, ImageData data) {
    database.transaction(
        "record measured data",
        handle -> {
          new LocationsTable(handle).requireMeasurable(id, locationId);
          new MeasuredDataTable(handle).record(locationId, data);
          return id;
        });
  }

  @Override
  public void recordConverted(UUID id, UUID locationId, String diskFormat) {
    database.transaction(
        "record conversion",
        handle -> {
          new LocationsTable(handle).requirePending(id, locationId);
          new MeasuredDataTable(handle).converted(locationId, diskFormat);
          return id;
        });
  }

  @Override
  public void describeImported(UUID taskId, UUID id, ImportedDescription description) {
    database.transaction(
        "describe imported image",
        handle -> {
          Image before = new ImagesTable(handle).lock(id);
          ImportsTable imports = new ImportsTable(handle);
          boolean holds =
              imports.find(id).filter(held -> held.isOf(taskId) && held.goesOn()).isPresent();
          if (!holds || before.status() != ImageStatus.IMPORTING) {
            throw new Conflict(
                "image %s: the import of task %s does not hold it".formatted(id, taskId));
          }
          ImportProperties descriptions = new ImportProperties(handle);
          ImageMetadata after = descriptions.after(before, description);
          ImageMetadata present = ImageMetadata.of(before);
          after.requireValidAfter(present);
          limits.requireProperties(id, before.properties().size(), after.properties().size());
          limits.requireMetadata(present, after);
          descriptions.change(before, after, database.now());
          if (imports.before(id).isEmpty()) {
            imports.noteBefore(id, ImportProperties.former(before, description));
          }
          return id;
        });
  }

  @Override
  public void recordExported(UUID taskId) {
    database.transaction(
        "record export",
        handle -> {
          new TasksTable(handle).recordExported(taskId);
          return taskId;
        });
  }

  @Override
  public void recordProgress(UUID taskId, Progress progress) {
    database.transaction(
        "record progress",
        handle -> {
          new TasksTable(handle).recordProgress(taskId, progress, database.now());
          return taskId;
        });
  }
}
