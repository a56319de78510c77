package dev.vitrine.registry.sql;

import dev.vitrine.database.Database;
import dev.vitrine.image.ImageData;
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
