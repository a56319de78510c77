package dev.vitrine.workflow.deletion;

import static dev.vitrine.workflow.RegistrySteps.operation;

import dev.vitrine.access.ImageAccess;
import dev.vitrine.access.ImageOperation;
import dev.vitrine.access.Permissions;
import dev.vitrine.access.Requester;
import dev.vitrine.activity.AtOnceRemoval;
import dev.vitrine.activity.TransferActivities;
import dev.vitrine.error.ErrorKind;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.image.Location;
import dev.vitrine.text.Markdown;
import dev.vitrine.workflow.AtOnce;
import dev.vitrine.workflow.CurrentDetails;
import dev.vitrine.workflow.FinishedLine;
import dev.vitrine.workflow.RegistrySteps;
import dev.vitrine.workflow.TransferOptions;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.upload.ImageUploadWorkflow;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The deletion: the status first, then the data; after a scrub time the other way round. */
public final class ImageDeletionWorkflowImpl implements ImageDeletionWorkflow {

  /**
   * How long a stopped upload may take to say so. One that can't answer by then is not waited for:
   * its location is given up, so that it publishes nothing, however long it writes.
   */
  private static final Duration UPLOAD_END = Duration.ofMinutes(1);

  /**
   * The change by which the image is deleted first and its upload stopped then. Numbered by
   * attempts, because an execution of the last release may wait for its upload again and again.
   */
  private static final String DECIDES_FIRST = "deletion-decides-first-";

  /** What an operator changed of it is asked by the activities, because it may change again. */
  private static final ImageAccess BY_DEFAULT = new ImageAccess(Permissions.DEFAULT);

  private static final AtOnceRemoval NOT_DONE = new AtOnceRemoval(null, 0, 0);

  private final RegistrySteps registry = new RegistrySteps();
  private final CurrentDetails steps = new CurrentDetails();
  private @Nullable ImageSummary marked;
  private @Nullable VitrineException refusal;

  /** Who deleted the image here, by the table that the registry's process has. */
  private @Nullable Requester permitted;

  private @Nullable String upload;
  private boolean uploadEnded;
  private int attempts;
  private int removalAttempts = 1;

  @Override
  public DeletionResult delete(DeletionRequest request) {
    int atOnce = 0;
    if (AtOnce.isWanted(request.atOnce())) {
      AtOnceRemoval done =
          AtOnce.removal(request.imageId(), "data of image " + request.imageId()).orElse(NOT_DONE);
      atOnce = done.removed();
      ImageSummary deleted = done.image();
      if (deleted != null && done.left() == 0) {
        marked = deleted;
        steps.begin("image is " + deleted.status());
        return end(deleted, atOnce);
      }
    }
    ImageSummary image;
    try {
      image = mark(request);
    } catch (ApplicationFailure refused) {
      refusal = Failures.fromTemporal(refused).orElse(null);
      Workflow.await(Workflow::isEveryHandlerFinished);
      throw refused;
    }
    marked = image;
    steps.show(image.status());
    if (upload != null) {
      stopUpload(request, upload);
    }
    int removed = atOnce;
    if (image.status() == ImageStatus.PENDING_DELETE) {
      awaitScrubTime(image);
      removed += removeData(image.id());
      registry.images(
          images ->
              images.completeScrub(
                  operation("scrub", "scrub time over", request.by()), image.id()));
      steps.show(ImageStatus.DELETED);
    } else {
      removed += removeData(image.id());
    }
    return end(image, removed);
  }

  private DeletionResult end(ImageSummary image, int removed) {
    steps.end("no data is left");
    Workflow.await(Workflow::isEveryHandlerFinished);
    FinishedLine.write("deletion of image " + image.id(), image.size(), removalAttempts, null);
    return new DeletionResult(image.id(), removed);
  }

  @Override
  public ImageSummary awaitDeleted(Requester by) {
    Workflow.await(() -> marked != null || refusal != null);
    if (refusal != null) {
      throw Failures.toTemporal(refusal);
    }
    if (marked == null) {
      throw new IllegalStateException("neither deleted nor refused");
    }
    if (by.isSameAs(permitted)) {
      return marked;
    }
    try {
      BY_DEFAULT.require(ImageOperation.DELETE, marked, by, false);
    } catch (VitrineException notTheirs) {
      throw Failures.toTemporal(notTheirs);
    }
    return marked;
  }

  @Override
  public void uploadEnded() {
    uploadEnded = true;
  }

  /** Takes the image to {@code deleted} or {@code pending_delete} from whatever status it is in. */
  private ImageSummary mark(DeletionRequest request) {
    UUID imageId = request.imageId();
    boolean stoppedAnUpload = false;
    while (true) {
      attempts++;
      ImageSummary image = require(request);
      switch (image.status()) {
        case PENDING_DELETE -> {
          return image;
        }
        case DELETED -> {
          if (request.decided()) {
            upload = request.upload();
            return image;
          }
          if (stoppedAnUpload) {
            return image;
          }
          if (locations(imageId).isEmpty()) {
            throw Failures.toTemporal(ImageAccess.notFound(imageId));
          }
          if (decidesFirst()) {
            // Whoever deleted it may have come no further, and its upload not know of it.
            upload = uploadOf(imageId);
          }
          return image;
        }
        case SAVING, UPLOADING, IMPORTING -> {
          if (decidesFirst()) {
            upload = uploadOf(imageId);
            Optional<ImageSummary> deleted = deleteUnlessChanged(request);
            if (deleted.isPresent()) {
              return deleted.get();
            }
            upload = null;
          } else {
            requireDeletable(image, request);
            if (!stopUpload(request, WorkflowIds.upload(imageId))) {
              return deleteNow(request);
            }
            stoppedAnUpload = true;
          }
        }
        case QUEUED, ACTIVE, DEACTIVATED, KILLED -> {
          Optional<ImageSummary> deleted = deleteUnlessChanged(request);
          if (deleted.isPresent()) {
            return deleted.get();
          }
        }
      }
    }
  }

  private boolean decidesFirst() {
    return Workflow.getVersion(DECIDES_FIRST + attempts, Workflow.DEFAULT_VERSION, 1) == 1;
  }

  private String uploadOf(UUID imageId) {
    return WorkflowIds.upload(imageId, registry.images(images -> images.uploads(imageId)));
  }

  /** Empty if an upload began, or an action came in between: look again. */
  private Optional<ImageSummary> deleteUnlessChanged(DeletionRequest request) {
    try {
      return Optional.of(deleteNow(request));
    } catch (ApplicationFailure refused) {
      if (!refused.getType().equals(ErrorKind.CONFLICT.wireName()) || attempts > 100) {
        throw refused;
      }
      return Optional.empty();
    }
  }

  private ImageSummary require(DeletionRequest request) {
    return registry
        .images(images -> images.findImage(request.imageId(), request.by()))
        .orElseThrow(() -> Failures.toTemporal(ImageAccess.notFound(request.imageId())));
  }

  /** Before anything is stopped for it. */
  private static void requireDeletable(ImageSummary image, DeletionRequest request) {
    try {
      BY_DEFAULT.requireDeletable(image, request.by());
    } catch (VitrineException refused) {
      throw Failures.toTemporal(refused);
    }
  }

  private ImageSummary deleteNow(DeletionRequest request) {
    ImageSummary deleted =
        registry.images(
            images ->
                images.deleteImage(
                    operation(
                        "delete-" + attempts, "deleted by " + request.by().display(), request.by()),
                    request.imageId(),
                    request.by(),
                    request.delay()));
    permitted = request.by();
    return deleted;
  }

  /**
   * Asks the upload to stop, and waits for it.
   *
   * @return false if no upload is alive
   */
  private boolean stopUpload(DeletionRequest request, String workflowId) {
    steps.begin("stop the upload " + Markdown.code(workflowId));
    uploadEnded = false;
    try {
      Workflow.newExternalWorkflowStub(ImageUploadWorkflow.class, workflowId)
          .delete(request.by(), Workflow.getInfo().getWorkflowId());
    } catch (CanceledFailure cancelled) {
      throw cancelled;
    } catch (SignalExternalWorkflowException | TemporalFailure gone) {
      return false;
    }
    Workflow.await(UPLOAD_END, () -> uploadEnded);
    return true;
  }

  private void awaitScrubTime(ImageSummary image) {
    if (image.scrubAt() == null) {
      return;
    }
    steps.begin("keep the data until the scrub time, " + image.scrubAt());
    long left = image.scrubAt().toEpochMilli() - Workflow.currentTimeMillis();
    if (left > 0) {
      Workflow.sleep(Duration.ofMillis(left));
    }
  }

  private int removeData(UUID imageId) {
    List<Location> locations = locations(imageId);
    for (Location location : locations) {
      steps.begin(
          "remove the data in store %s (if it hangs: pending activity, last failure)"
              .formatted(Markdown.code(location.store())));
      Integer tried =
          Workflow.newActivityStub(
                  TransferActivities.class,
                  TransferOptions.remove(
                      "data of image %s in store %s".formatted(imageId, location.store())))
              .removeLocation(imageId, location.id());
      removalAttempts = Math.max(removalAttempts, tried == null ? 1 : tried);
    }
    return locations.size();
  }

  private List<Location> locations(UUID imageId) {
    return registry.images(images -> images.locations(imageId));
  }
}
