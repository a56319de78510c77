package dev.vitrine.workflow.reconciliation;

import static dev.vitrine.workflow.RegistrySteps.operation;
import static java.util.Objects.requireNonNull;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Finding;
import dev.vitrine.activity.TransferActivities;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.workflow.RegistrySteps;
import dev.vitrine.workflow.deletion.DeletionRequest;
import dev.vitrine.workflow.deletion.DetachedDeletion;
import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;

/** What is done about each kind of finding. */
final class Settlement {

  private static final Requester SELF = Requester.admin("reconciliation", "vitrine");

  /** The change by which a task is settled whose image may not be deleted. */
  private static final String KEEPS_REFUSED = "settlement-keeps-refused-image";

  private static final Logger log = Workflow.getLogger(Settlement.class);

  private final RegistrySteps registry;
  private final Function<String, ActivityOptions> removal;

  /**
   * @param registry how its rows are changed
   * @param removal how data is removed, by the summary of the step
   */
  Settlement(RegistrySteps registry, Function<String, ActivityOptions> removal) {
    this.registry = registry;
    this.removal = removal;
  }

  /**
   * Settles a finding.
   *
   * @return false if it has to wait for something that is under way
   * @throws io.temporal.failure.TemporalFailure if it can't be settled now
   */
  boolean settle(Finding finding) {
    return switch (finding.kind()) {
      case ABANDONED_UPLOAD -> settleUpload(finding, requireNonNull(finding.imageId()));
      case ABANDONED_TASK -> settleTask(finding, requireNonNull(finding.taskId()));
      case UNFINISHED_DELETION -> startDeletion(requireNonNull(finding.imageId()));
      case LEFTOVER_LOCATION ->
          removeLocation(requireNonNull(finding.imageId()), requireNonNull(finding.locationId()));
      case ABANDONED_STAGE -> settleStage(finding, requireNonNull(finding.imageId()));
      case ABANDONED_IMPORT ->
          settleImport(
              finding, requireNonNull(finding.taskId()), requireNonNull(finding.imageId()));
    };
  }

  /**
   * The image ends by its policy. Its partial data is removed by the next pass: by then an activity
   * that outlived its workflow has noticed.
   */
  private boolean settleUpload(Finding finding, UUID imageId) {
    registry.images(
        images ->
            images.failUpload(
                operation("settle-upload-" + imageId, finding.detail(), SELF),
                imageId,
                requireNonNull(finding.policy()),
                finding.locationId()));
    return true;
  }

  /** As for an upload; what has been staged too long ends in the same way. */
  private boolean settleStage(Finding finding, UUID imageId) {
    registry.imports(
        imports ->
            imports.failStage(
                operation("settle-stage-" + imageId, finding.detail(), SELF),
                imageId,
                finding.locationId()));
    return true;
  }

  /** Its task is settled as a task, and by then knows what has become of the image. */
  private boolean settleImport(Finding finding, UUID taskId, UUID imageId) {
    registry.imports(
        imports ->
            imports.failImport(
                operation("settle-import-" + imageId, finding.detail(), SELF),
                taskId,
                imageId,
                List.of()));
    return true;
  }

  private boolean settleTask(Finding finding, UUID taskId) {
    TaskSummary task = registry.tasks(tasks -> tasks.requireTask(taskId, SELF));
    if (task.type().importsIntoImage()) {
      settleImport(finding, taskId, requireNonNull(task.imageId()));
      if (task.status() == TaskStatus.PROCESSING && succeedIfImported(task, finding)) {
        return true;
      }
    } else if (task.input().destination() != null) {
      transfers("partial data of the export").discardExport(taskId, task.input().destination());
    } else if (task.imageId() != null) {
      UUID imageId = task.imageId();
      ImageStatus status =
          registry
              .images(images -> images.findImage(imageId, SELF))
              .map(ImageSummary::status)
              .orElse(ImageStatus.DELETED);
      switch (status) {
        case SAVING, UPLOADING, IMPORTING -> {
          return false;
        }
        case ACTIVE, DEACTIVATED -> {
          if (task.status() == TaskStatus.PROCESSING) {
            return succeed(taskId, imageId, finding);
          }
        }
        case QUEUED, KILLED -> deleteImage(imageId);
        case DELETED, PENDING_DELETE -> {}
      }
    }
    String message = finding.detail() + "; its half-done data is discarded; start it again";
    registry.tasks(
        tasks ->
            tasks.failTask(
                operation("settle-" + taskId, finding.detail(), SELF),
                taskId,
                task.imageId(),
                message));
    return true;
  }

  /** The registry knows whether its import has succeeded, and refuses it if not. */
  private boolean succeedIfImported(TaskSummary task, Finding finding) {
    try {
      return succeed(task.id(), requireNonNull(task.imageId()), finding);
    } catch (ApplicationFailure refused) {
      log.info("task {} has not succeeded: {}", task.id(), refused.getOriginalMessage());
      return false;
    }
  }

  /** One that is protected stays, without data; that keeps no task {@code processing}. */
  private void deleteImage(UUID imageId) {
    try {
      registry.images(
          images ->
              images.deleteImage(
                  operation("settle-image-of-task-" + imageId, "its task was abandoned", SELF),
                  imageId,
                  SELF,
                  Duration.ZERO));
    } catch (ApplicationFailure refused) {
      if (Workflow.getVersion(KEEPS_REFUSED, Workflow.DEFAULT_VERSION, 1) != 1) {
        throw refused;
      }
      log.info("image {} stays: {}", imageId, refused.getOriginalMessage());
    }
  }

  /** The data was complete and verified; only the task's own row missed it. */
  private boolean succeed(UUID taskId, UUID imageId, Finding finding) {
    registry.tasks(
        tasks ->
            tasks.succeedTask(
                operation("settle-" + taskId, finding.detail() + "; its image is complete", SELF),
                taskId,
                Map.of("image_id", imageId.toString())));
    return true;
  }

  private boolean startDeletion(UUID imageId) {
    DetachedDeletion.start(
        new DeletionRequest(imageId, SELF, Duration.ZERO),
        "deletion of image %s, taken up again".formatted(imageId));
    return true;
  }

  private boolean removeLocation(UUID imageId, UUID locationId) {
    transfers("leftover data of image " + imageId).removeLocation(imageId, locationId);
    return true;
  }

  private TransferActivities transfers(String summary) {
    return Workflow.newActivityStub(TransferActivities.class, removal.apply(summary));
  }
}
