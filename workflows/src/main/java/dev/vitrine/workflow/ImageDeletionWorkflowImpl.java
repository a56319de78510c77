package dev.vitrine.workflow;

import static dev.vitrine.workflow.RegistrySteps.operation;

import dev.vitrine.access.ImageAccess;
import dev.vitrine.access.ImageOperation;
import dev.vitrine.access.Permissions;
import dev.vitrine.access.Requester;
import dev.vitrine.activity.TransferActivities;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.image.Location;
import dev.vitrine.text.Markdown;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The deletion: the status first, then the data; after a scrub time the other way round. */
public final class ImageDeletionWorkflowImpl implements ImageDeletionWorkflow {

  /** How long a stopped upload may take to say so before its image is looked at again. */
  private static final Duration UPLOAD_END = Duration.ofMinutes(1);

  /** What an operator changed of it is asked by the activities, because it may change again. */
  private static final ImageAccess BY_DEFAULT = new ImageAccess(Permissions.DEFAULT);

  private final RegistrySteps registry = new RegistrySteps();
  private final Steps steps = new Steps();
  private @Nullable ImageSummary marked;
  private @Nullable VitrineException refusal;
  private boolean uploadEnded;
  private int attempts;

  @Override
  public DeletionResult delete(DeletionRequest request) {
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
    int removed;
    if (image.status() == ImageStatus.PENDING_DELETE) {
      awaitScrubTime(image);
      removed = removeData(image.id());
      registry.images(
          images -> images.completeScrub(operation("scrub", "scrub time over"), image.id()));
      steps.show(ImageStatus.DELETED);
    } else {
      removed = removeData(image.id());
    }
    steps.end("no data is left");
    Workflow.await(Workflow::isEveryHandlerFinished);
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
          if (stoppedAnUpload || !locations(imageId).isEmpty()) {
            return image;
          }
          throw Failures.toTemporal(ImageAccess.notFound(imageId));
        }
        case SAVING -> {
          requireDeletable(image, request);
          if (!stopUpload(request)) {
            return deleteNow(request);
          }
          stoppedAnUpload = true;
        }
        case QUEUED, ACTIVE, DEACTIVATED, KILLED -> {
          try {
            return deleteNow(request);
          } catch (ApplicationFailure refused) {
            // An upload that began, or an action that came in between: look again.
            if (!refused.getType().equals("Conflict") || attempts > 100) {
              throw refused;
            }
          }
        }
      }
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
    return registry.images(
        images ->
            images.deleteImage(
                operation("delete-" + attempts, "deleted by " + request.by().display()),
                request.imageId(),
                request.by(),
                request.delay()));
  }

  /**
   * Asks the upload to stop, discard and delete, and waits for it.
   *
   * @return false if no upload is alive, so that nobody else is going to settle the image
   */
  private boolean stopUpload(DeletionRequest request) {
    String upload = WorkflowIds.upload(request.imageId());
    steps.begin("stop the upload " + Markdown.code(upload));
    uploadEnded = false;
    try {
      Workflow.newExternalWorkflowStub(ImageUploadWorkflow.class, upload)
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
      Workflow.newActivityStub(
              TransferActivities.class,
              Options.remove("data of image %s in store %s".formatted(imageId, location.store())))
          .removeLocation(imageId, location.id());
    }
    return locations.size();
  }

  private List<Location> locations(UUID imageId) {
    return registry.images(images -> images.locations(imageId));
  }
}
