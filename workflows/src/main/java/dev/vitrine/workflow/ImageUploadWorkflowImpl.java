package dev.vitrine.workflow;

import static dev.vitrine.workflow.RegistrySteps.operation;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Source;
import dev.vitrine.activity.TransferActivities;
import dev.vitrine.activity.TransferRequest;
import dev.vitrine.error.Failures;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.image.Location;
import dev.vitrine.image.NewImage;
import dev.vitrine.text.Markdown;
import dev.vitrine.workflow.UploadResult.Outcome;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The upload: a line of four steps, and one way back. */
public final class ImageUploadWorkflowImpl implements ImageUploadWorkflow {

  private static final Logger log = Workflow.getLogger(ImageUploadWorkflowImpl.class);

  private final RegistrySteps registry = new RegistrySteps();
  private final Steps steps = new Steps();
  private final Deque<String> waitingDeletions = new ArrayDeque<>();
  private @Nullable Stop stop;
  private @Nullable CancellationScope transferScope;
  private @Nullable ImageData stored;

  /** Why somebody stopped it: to cancel the upload, or to delete the image. */
  private record Stop(Requester by, boolean delete) {}

  @Override
  public UploadResult upload(UploadRequest request) {
    UUID imageId = request.imageId();
    NewImage image = request.image();
    if (image != null) {
      registry.images(
          images ->
              images.registerImage(
                  operation("register", "registered for an upload"), image, request.by()));
    }
    Location location = begin(request);
    steps.show(ImageStatus.SAVING);

    UploadResult result;
    try {
      ImageData reported = transfer(request, location);
      ImageSummary active =
          registry.images(
              images ->
                  images.completeUpload(
                      operation("complete", "data complete and verified"),
                      imageId,
                      location.id(),
                      reported));
      steps.show(ImageStatus.ACTIVE);
      result = new UploadResult(imageId, Outcome.ACTIVATED, active.data(), null, null);
    } catch (RuntimeException failure) {
      Faults.rethrowIfForAnotherWorker(failure);
      result = settle(request, failure);
      discard(location);
    }
    steps.end(result.outcome().wireName());
    Workflow.newDetachedCancellationScope(this::tellDeletions).run();
    return result;
  }

  @Override
  public void cancel(Requester by) {
    stop(new Stop(by, false));
  }

  @Override
  public void delete(Requester by, String deletionWorkflowId) {
    waitingDeletions.add(deletionWorkflowId);
    stop(new Stop(by, true));
  }

  /** Takes the image to {@code saving}, or leaves it as it was, whatever is thrown. */
  private Location begin(UploadRequest request) {
    try {
      return registry.images(
          images ->
              images.beginUpload(
                  operation("begin", "upload by " + request.by().display()),
                  request.imageId(),
                  request.policy(),
                  request.by(),
                  request.expected().size()));
    } catch (TemporalFailure refused) {
      throw refused;
    } catch (RuntimeException fault) {
      Faults.rethrowIfForAnotherWorker(fault);
      // It may have begun all the same: what this says is only that nobody knows where to.
      settle(request, fault);
      throw fault;
    }
  }

  private void stop(Stop request) {
    if (stop == null || (request.delete() && !stop.delete())) {
      stop = request;
    }
    if (transferScope != null) {
      transferScope.cancel();
    }
  }

  private ImageData transfer(UploadRequest request, Location location) {
    Source source = request.source();
    String summary = "image %s from %s".formatted(request.imageId(), source.display());
    steps.begin(
        "transfer from %s into store %s; how far it is and what it waits for, the pending activity's"
                .formatted(Markdown.code(source.display()), Markdown.code(location.store()))
            + " heartbeat says");
    TransferRequest order =
        new TransferRequest(
            request.imageId(),
            source,
            location,
            request.expected(),
            request.by(),
            request.taskId());
    CancellationScope scope =
        Workflow.newCancellationScope(
            () ->
                stored =
                    source instanceof Source.HeldStream stream
                        ? new HeldTransfer(registry, steps, stream, summary).run(order)
                        : Workflow.newActivityStub(
                                TransferActivities.class, Options.transfer(summary))
                            .transfer(order));
    transferScope = scope;
    if (stop != null) {
      scope.cancel();
    }
    scope.run();
    if (stored == null) {
      throw new IllegalStateException("the transfer returned nothing");
    }
    steps.begin("record size and digests");
    return stored;
  }

  /** The way back: the image is deleted, queued or killed, and the failure becomes the message. */
  private UploadResult settle(UploadRequest request, RuntimeException failure) {
    UUID imageId = request.imageId();
    String why = explain(failure);
    String kind = Failures.fromTemporal(failure).map(e -> e.kind().wireName()).orElse(null);
    steps.begin("settle the image: " + Markdown.code(why));
    try {
      ImageSummary settled = stop != null && stop.delete() ? deleteFor(stop, imageId) : null;
      if (settled == null) {
        settled =
            registry.images(
                images -> images.failUpload(operation("fail", why), imageId, request.policy()));
      }
      steps.show(settled.status());
      return new UploadResult(imageId, outcomeOf(settled.status()), null, kind, why);
    } catch (ApplicationFailure refused) {
      return settledByOthers(request, refused, why);
    }
  }

  private @Nullable ImageSummary deleteFor(Stop requested, UUID imageId) {
    try {
      return registry.images(
          images ->
              images.deleteImage(
                  operation("delete", "deleted while saving by " + requested.by().display()),
                  imageId,
                  requested.by(),
                  Duration.ZERO));
    } catch (ApplicationFailure refused) {
      log.warn("image {} was to be deleted: {}", imageId, refused.getOriginalMessage());
      return null;
    }
  }

  /** Somebody else settled it meanwhile, reconciliation for example: its status says how. */
  private UploadResult settledByOthers(
      UploadRequest request, ApplicationFailure refused, String why) {
    ImageStatus status =
        registry
            .images(images -> images.findImage(request.imageId(), request.by()))
            .map(ImageSummary::status)
            .orElse(ImageStatus.DELETED);
    steps.show(status);
    String message = why + "; settled by another: " + refused.getOriginalMessage();
    return new UploadResult(request.imageId(), outcomeOf(status), null, refused.getType(), message);
  }

  private static Outcome outcomeOf(ImageStatus status) {
    return switch (status) {
      case QUEUED, SAVING -> Outcome.REQUEUED;
      case KILLED -> Outcome.KILLED;
      case ACTIVE, DEACTIVATED -> Outcome.ACTIVATED;
      case DELETED, PENDING_DELETE -> Outcome.DELETED;
    };
  }

  private String explain(RuntimeException failure) {
    if (stop != null && CancellationNotice.isCancellation(failure)) {
      return (stop.delete() ? "image deleted by " : "upload cancelled by ") + stop.by().display();
    }
    if (CancellationNotice.isCancellation(failure)) {
      return "upload cancelled in Temporal";
    }
    String attempt = Failures.attempt(failure).map(n -> ", attempt " + n).orElse("");
    return "transfer" + attempt + ": " + Failures.describe(failure);
  }

  /** Removes what is in the store; what can't be removed now stays recorded for reconciliation. */
  private void discard(Location location) {
    TransferActivities store =
        Workflow.newActivityStub(
            TransferActivities.class,
            Options.discard("partial data of image " + location.imageId()));
    CancellationScope uncancelled =
        Workflow.newDetachedCancellationScope(
            () -> {
              try {
                store.removeLocation(location.imageId(), location.id());
              } catch (TemporalFailure failure) {
                log.warn(
                    "image {}: partial data is left to reconciliation: {}",
                    location.imageId(),
                    Failures.describe(failure));
              }
            });
    uncancelled.run();
  }

  private void tellDeletions() {
    while (!waitingDeletions.isEmpty()) {
      String deletion = waitingDeletions.remove();
      try {
        Workflow.newExternalWorkflowStub(ImageDeletionWorkflow.class, deletion).uploadEnded();
      } catch (SignalExternalWorkflowException | TemporalFailure gone) {
        log.info("deletion {} no longer waits: {}", deletion, gone.getMessage());
      }
    }
  }
}
