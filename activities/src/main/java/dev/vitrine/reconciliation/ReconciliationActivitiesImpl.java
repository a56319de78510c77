package dev.vitrine.reconciliation;

import static dev.vitrine.error.Failures.carrying;

import dev.vitrine.activity.Finding;
import dev.vitrine.activity.ReconciliationActivities;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Location;
import dev.vitrine.registry.Registry;
import dev.vitrine.task.Task;
import dev.vitrine.workflow.WorkflowIds;
import io.temporal.activity.Activity;
import io.temporal.client.WorkflowClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Compares the registry with the server. Safe for use by many threads.
 *
 * <p>A workflow may settle its row between the reading of the row and the question about the
 * workflow, so a row is read again before it is reported, and reported only if it is still the
 * same.
 */
public final class ReconciliationActivitiesImpl implements ReconciliationActivities {

  /**
   * How many rows of a kind one pass looks at, oldest first. More than the findings asked for,
   * because rows with a live workflow are no findings and must not hide those behind them.
   */
  private static final int SCAN = 10_000;

  private final Registry registry;
  private final Liveness liveness;
  private final Runnable heartbeat;

  /** Compares that registry with the client's namespace. */
  public ReconciliationActivitiesImpl(Registry registry, WorkflowClient client) {
    this(registry, client, () -> Activity.getExecutionContext().heartbeat(null));
  }

  /**
   * @param heartbeat called before every look-up
   */
  ReconciliationActivitiesImpl(Registry registry, WorkflowClient client, Runnable heartbeat) {
    this.registry = registry;
    this.liveness = new Liveness(client);
    this.heartbeat = heartbeat;
  }

  @Override
  public List<Finding> findUnsettled(int limit) {
    return carrying(
        () -> {
          List<Finding> found = new ArrayList<>();
          collect(found, limit, registry.savingImages(SCAN), this::abandonedUpload);
          collect(found, limit, registry.unfinishedTasks(SCAN), this::abandonedTask);
          collect(found, limit, registry.unfinishedDeletions(SCAN), this::unfinishedDeletion);
          collect(found, limit, registry.leftoverLocations(SCAN), this::leftoverLocation);
          return found;
        });
  }

  private <T> void collect(
      List<Finding> found, int limit, List<T> rows, Function<T, Optional<Finding>> check) {
    for (T row : rows) {
      if (found.size() >= limit) {
        return;
      }
      heartbeat.run();
      check.apply(row).ifPresent(found::add);
    }
  }

  private Optional<Finding> abandonedUpload(Image image) {
    String workflowId = WorkflowIds.upload(image.id());
    return liveness
        .whyNotLive(workflowId)
        .filter(why -> isUnchanged(image))
        .map(
            why ->
                new Finding(
                    Finding.Kind.ABANDONED_UPLOAD,
                    image.id(),
                    null,
                    null,
                    image.failurePolicy(),
                    "image is %s; workflow %s %s".formatted(image.status(), workflowId, why)));
  }

  private Optional<Finding> abandonedTask(Task task) {
    String workflowId = WorkflowIds.task(task.id());
    return liveness
        .whyNotLive(workflowId)
        .flatMap(
            why ->
                registry
                    .findTask(task.id())
                    .filter(now -> !now.status().isFinal())
                    .map(
                        now ->
                            new Finding(
                                Finding.Kind.ABANDONED_TASK,
                                now.imageId(),
                                now.id(),
                                null,
                                null,
                                "task is %s; workflow %s %s"
                                    .formatted(now.status(), workflowId, why))));
  }

  /** An upload that a deletion stopped removes its own data, and is left to it while it lives. */
  private Optional<Finding> unfinishedDeletion(Image image) {
    String workflowId = WorkflowIds.deletion(image.id());
    return liveness
        .whyNotLive(workflowId)
        .filter(why -> liveness.whyNotLive(WorkflowIds.upload(image.id())).isPresent())
        .filter(why -> isUnchanged(image) && isUnfinished(image))
        .map(
            why ->
                new Finding(
                    Finding.Kind.UNFINISHED_DELETION,
                    image.id(),
                    null,
                    null,
                    null,
                    "image is %s with data left; workflow %s %s"
                        .formatted(image.status(), workflowId, why)));
  }

  private Optional<Finding> leftoverLocation(Location location) {
    String workflowId = WorkflowIds.upload(location.imageId());
    return liveness
        .whyNotLive(workflowId)
        .filter(why -> registry.findLocation(location.id()).filter(location::equals).isPresent())
        .map(
            why ->
                new Finding(
                    Finding.Kind.LEFTOVER_LOCATION,
                    location.imageId(),
                    null,
                    location.id(),
                    null,
                    "location %s is %s; workflow %s %s"
                        .formatted(location.id(), location.status(), workflowId, why)));
  }

  private boolean isUnchanged(Image image) {
    return registry
        .findImage(image.id())
        .filter(now -> now.version() == image.version())
        .isPresent();
  }

  /** A deleted image's row doesn't change when its last location goes. */
  private boolean isUnfinished(Image image) {
    return image.status() == ImageStatus.PENDING_DELETE
        || !registry.locations(image.id()).isEmpty();
  }

  @Override
  public int removeExpiredTasks() {
    return carrying(
        () -> {
          registry.removeExpiredKeys();
          return registry.removeExpiredTasks();
        });
  }

  @Override
  public int purgeDeletedImages() {
    return carrying(registry::purgeDeletedImages);
  }
}
