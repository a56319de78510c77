package dev.vitrine.registry.sql;

import dev.vitrine.activity.Operation;
import dev.vitrine.database.Database;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageEvent;
import dev.vitrine.image.ImageUploads;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.registry.Uploads;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The edges of an image that is uploaded. */
record SqlUploads(Database database, Quota quota, ImageEdges edges) implements Uploads {

  @Override
  public Location begin(
      Operation operation,
      UUID id,
      FailurePolicy policy,
      String store,
      @Nullable Long declaredSize) {
    long reserved = declaredSize == null ? 0 : declaredSize;
    return database.transaction(
        "begin upload",
        handle -> {
          LocationsTable locations = new LocationsTable(handle);
          quota.queue(handle, id);
          Image unused =
              edges.move(
                  handle,
                  operation,
                  id,
                  image -> ImageEvent.BEGIN_UPLOAD,
                  facts -> facts.with(policy, reserved),
                  (before, now) -> {
                    quota.requireBytes(handle, id, reserved);
                    new ImagesTable(handle).countUpload(id, operation.workflowId());
                    new ImportProperties(handle).forget(before);
                    locations.insertPending(id, store, operation.id(), now);
                  });
          return locations
              .findByOperation(operation.id())
              .filter(location -> location.status() == LocationStatus.PENDING)
              .orElseThrow(
                  () ->
                      new Conflict(
                          "image %s: the upload that workflow %s began is over; upload again if the image is queued"
                              .formatted(id, operation.workflowId())));
        });
  }

  @Override
  public Image complete(Operation operation, UUID id, UUID locationId, ImageData data) {
    return completeWith(
        operation, id, locationId, measured -> measured.require(id, locationId, data));
  }

  @Override
  public Image completeMeasured(Operation operation, UUID id, UUID locationId, ImageData data) {
    return completeWith(
        operation,
        id,
        locationId,
        measured -> {
          measured.record(locationId, data);
          return data;
        });
  }

  /**
   * @param data what is true of the data at the location
   */
  private Image completeWith(
      Operation operation, UUID id, UUID locationId, Function<MeasuredDataTable, ImageData> data) {
    return database.transaction(
        "complete upload",
        handle ->
            edges.take(
                handle,
                operation,
                id,
                image -> ImageEvent.UPLOAD_SUCCEEDED,
                facts -> {
                  new LocationsTable(handle).requirePending(id, locationId);
                  return facts.with(data.apply(new MeasuredDataTable(handle)));
                },
                (before, now) ->
                    new LocationsTable(handle).setStatus(locationId, LocationStatus.ACTIVE, now)));
  }

  @Override
  public Image fail(Operation operation, UUID id, FailurePolicy policy) {
    return failAt(operation, id, policy, null);
  }

  @Override
  public Image fail(Operation operation, UUID id, FailurePolicy policy, UUID locationId) {
    return failAt(operation, id, policy, locationId);
  }

  /**
   * @param locationId of the upload that failed; null for whichever holds the image
   */
  private Image failAt(
      Operation operation, UUID id, FailurePolicy policy, @Nullable UUID locationId) {
    return database.transaction(
        "fail upload",
        handle ->
            edges.take(
                handle,
                operation,
                id,
                image -> policy.event(),
                ImageOutcome::withoutData,
                (before, now) -> {
                  if (locationId != null) {
                    new LocationsTable(handle).requireHolds(id, locationId);
                  }
                  new LocationsTable(handle).condemn(id, now);
                }));
  }

  @Override
  public ImageUploads of(UUID imageId) {
    return database.read("uploads of image", handle -> new ImagesTable(handle).uploads(imageId));
  }
}
