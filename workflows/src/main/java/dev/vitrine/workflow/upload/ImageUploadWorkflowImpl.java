package dev.vitrine.workflow.upload;

import static dev.vitrine.workflow.RegistrySteps.operation;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.AtOnceOutcome;
import dev.vitrine.activity.AtOnceUpload;
import dev.vitrine.activity.Source;
import dev.vitrine.activity.TransferActivities;
import dev.vitrine.activity.TransferRequest;
import dev.vitrine.activity.Transferred;
import dev.vitrine.error.Failures;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.image.Location;
import dev.vitrine.image.NewImage;
import dev.vitrine.text.Markdown;
import dev.vitrine.workflow.AtOnce;
import dev.vitrine.workflow.Cancellation;
import dev.vitrine.workflow.CurrentDetails;
import dev.vitrine.workflow.Faults;
import dev.vitrine.workflow.FinishedLine;
import dev.vitrine.workflow.RegistrySteps;
import dev.vitrine.workflow.TransferOptions;
import dev.vitrine.workflow.upload.UploadResult.Outcome;
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

  /**
   * The change by which an upload that failed ends as soon as its image is settled, as a failed
   * workflow. Before, it removed its data first, and returned how it ended.
   */
  private static final String FAILS_AT_ONCE = "upload-fails-at-once";

  private final RegistrySteps registry = new RegistrySteps();
  private final CurrentDetails steps = new CurrentDetails();
  private final Deque<String> waitingDeletions = new ArrayDeque<>();
  private @Nullable Stop stop;
  private @Nullable CancellationScope transferScope;
  private @Nullable Transferred stored;

  /** Why somebody stopped it: to cancel the upload, or to delete the image. */
  private record Stop(Requester by, boolean delete) {}

  @Override
  public UploadResult upload(UploadRequest request) {
    try {
      UploadResult result = run(request);
      finished(result);
      Workflow.newDetachedCancellationScope(this::tellDeletions).run();
      return result;
    } catch (RuntimeException ended) {
      Faults.rethrowIfForAnotherWorker(ended);
      // Refused, failed or at fault: a deletion that waits for its end waits no longer.
      Workflow.newDetachedCancellationScope(this::tellDeletions).run();
      throw ended;
    }
  }

  private UploadResult run(UploadRequest request) {
    UUID imageId = request.imageId();
    register(request);
    AtOnceOutcome tried = tryAtOnce(request);
    ImageSummary done = tried.active();
    if (done != null) {
      steps.begin("image is " + done.status());
      UploadResult result = new UploadResult(imageId, Outcome.ACTIVATED, done.data(), null, null);
      steps.end(result.outcome().wireName());
      return result;
    }
    Location location = begin(request, tried.location());
    UploadResult result;
    boolean failed = false;
    try {
      Transferred reported = transfer(request, location);
      result = holding(request).complete(location, reported);
      if (!request.stage()) {
        steps.show(ImageStatus.ACTIVE);
      }
    } catch (RuntimeException failure) {
      Faults.rethrowIfForAnotherWorker(failure);
      boolean failsAtOnce = Workflow.getVersion(FAILS_AT_ONCE, Workflow.DEFAULT_VERSION, 1) == 1;
      result = settle(request, location, failure);
      if (!failsAtOnce) {
        discard(location);
      } else if (isLeft(request, result)) {
        Workflow.newDetachedCancellationScope(() -> DetachedRemoval.start(location)).run();
      }
      failed = failsAtOnce && isFailure(result, failure);
    }
    steps.end(result.outcome().wireName());
    if (failed) {
      finished(result);
      throw FailedUpload.of(result);
    }
    return result;
  }

  private static void finished(UploadResult result) {
    ImageData data = result.data();
    FinishedLine.write(
        "upload of image %s %s".formatted(result.imageId(), result.outcome().wireName()),
        data == null ? null : data.size(),
        result.attempts(),
        result.message());
  }

  /** All of it, within this workflow task, where the data is little and this process has it. */
  private AtOnceOutcome tryAtOnce(UploadRequest request) {
    if (!AtOnce.isWanted(request.atOnce()) || request.stage() || stop != null) {
      return AtOnceOutcome.NOT_BEGUN;
    }
    steps.begin("upload from %s at once".formatted(Markdown.code(request.source().display())));
    return AtOnce.upload(
            new AtOnceUpload(
                request.imageId(),
                request.source(),
                request.expected(),
                request.policy(),
                request.by(),
                request.store(),
                request.taskId(),
                holding(request).beginning(),
                holding(request).completion()),
            "image %s from %s".formatted(request.imageId(), request.source().display()))
        .orElse(AtOnceOutcome.NOT_BEGUN);
  }

  private void register(UploadRequest request) {
    NewImage image = request.image();
    if (image != null) {
      registry.images(
          images ->
              images.registerImage(
                  operation("register", "registered for an upload", request.by()),
                  image,
                  request.by()));
    }
  }

  /**
   * @param begun where it has got to at once; null for nowhere
   */
  private Location begin(UploadRequest request, @Nullable Location begun) {
    Location before = begun == null ? request.begun() : begun;
    Location location = before == null ? hold(request) : before;
    steps.show(holding(request).status());
    return location;
  }

  /** What somebody stopped on purpose is no failure; nor is what ended well in spite of all. */
  private static boolean isFailure(UploadResult result, RuntimeException failure) {
    return switch (result.outcome()) {
      case REQUEUED, KILLED -> !Cancellation.isCauseOf(failure);
      case ACTIVATED, STAGED, DELETED -> false;
    };
  }

  /**
   * Whether it has left data for nobody else to remove: a deletion and a task remove that of their
   * image themselves.
   */
  private boolean isLeft(UploadRequest request, UploadResult result) {
    return switch (result.outcome()) {
      case REQUEUED, KILLED -> request.taskId() == null;
      case DELETED -> waitingDeletions.isEmpty();
      case ACTIVATED, STAGED -> false;
    };
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

  private ImageHold holding(UploadRequest request) {
    return new ImageHold(registry, request);
  }

  /** Takes the image out of {@code queued}, or leaves it as it was, whatever is thrown. */
  private Location hold(UploadRequest request) {
    try {
      return holding(request).begin();
    } catch (TemporalFailure refused) {
      throw refused;
    } catch (RuntimeException fault) {
      Faults.rethrowIfForAnotherWorker(fault);
      // It may have begun all the same: what this says is only that nobody knows where to.
      settle(request, null, fault);
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

  private Transferred transfer(UploadRequest request, Location location) {
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
                                TransferActivities.class, TransferOptions.transfer(summary))
                            .transfer(order));
    transferScope = scope;
    if (stop != null) {
      scope.cancel();
    }
    scope.run();
    if (stored == null) {
      throw new IllegalStateException("the transfer returned nothing");
    }
    String within = stored.copiedWithin();
    steps.begin(
        within == null
            ? "record size and digests"
            : "record size and digests of what store %s has copied within itself"
                .formatted(Markdown.code(within)));
    return stored;
  }

  /** The way back: the image is deleted, queued or killed, and the failure becomes the message. */
  private UploadResult settle(
      UploadRequest request, @Nullable Location location, RuntimeException failure) {
    UUID imageId = request.imageId();
    UUID locationId = location == null ? null : location.id();
    String why = explain(request, failure);
    String kind = Failures.fromTemporal(failure).map(e -> e.kind().wireName()).orElse(null);
    steps.begin("settle the image: " + Markdown.code(why));
    try {
      ImageSummary settled = stop != null && stop.delete() ? deleteFor(stop, imageId) : null;
      if (settled == null) {
        settled =
            holding(request)
                .fail(operation("fail", why, stop == null ? request.by() : stop.by()), locationId);
      }
      steps.show(settled.status());
      return new UploadResult(
          imageId,
          outcomeOf(request, settled.status()),
          null,
          kind,
          why,
          Failures.attempt(failure).orElse(null));
    } catch (ApplicationFailure refused) {
      return settledByOthers(request, refused, why);
    }
  }

  /** Null if it is deleted already, as its deletion does first of all, or can't be deleted. */
  private @Nullable ImageSummary deleteFor(Stop requested, UUID imageId) {
    try {
      return registry.images(
          images ->
              images.deleteImage(
                  operation(
                      "delete",
                      "deleted while saving by " + requested.by().display(),
                      requested.by()),
                  imageId,
                  requested.by(),
                  Duration.ZERO));
    } catch (ApplicationFailure refused) {
      log.info("image {} was to be deleted: {}", imageId, refused.getOriginalMessage());
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
    Outcome outcome = outcomeOf(request, status);
    if (outcome == Outcome.DELETED && stop != null && stop.delete()) {
      return new UploadResult(request.imageId(), outcome, null, null, deletedBy(stop));
    }
    String message = why + "; settled by another: " + refused.getOriginalMessage();
    return new UploadResult(request.imageId(), outcome, null, refused.getType(), message);
  }

  /** What was staged may be imported by now: then it is no longer this execution's to remove. */
  private static Outcome outcomeOf(UploadRequest request, ImageStatus status) {
    return switch (status) {
      case QUEUED, SAVING, UPLOADING -> Outcome.REQUEUED;
      case IMPORTING -> request.stage() ? Outcome.STAGED : Outcome.REQUEUED;
      case KILLED -> Outcome.KILLED;
      case ACTIVE, DEACTIVATED -> request.stage() ? Outcome.STAGED : Outcome.ACTIVATED;
      case DELETED, PENDING_DELETE -> Outcome.DELETED;
    };
  }

  private String explain(UploadRequest request, RuntimeException failure) {
    if (stop != null && Cancellation.isCauseOf(failure)) {
      return stop.delete()
          ? deletedBy(stop)
          : holding(request).word() + " cancelled by " + stop.by().display();
    }
    if (Cancellation.isCauseOf(failure)) {
      return holding(request).word() + " cancelled in Temporal";
    }
    String attempt = Failures.attempt(failure).map(n -> ", attempt " + n).orElse("");
    return "transfer" + attempt + ": " + Failures.describe(failure);
  }

  private static String deletedBy(Stop requested) {
    return "image deleted by " + requested.by().display();
  }

  /** Removes what is in the store; what can't be removed now stays recorded for reconciliation. */
  private void discard(Location location) {
    TransferActivities store =
        Workflow.newActivityStub(
            TransferActivities.class,
            TransferOptions.discard("partial data of image " + location.imageId()));
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
        Workflow.newExternalWorkflowStub(UploadEndListener.class, deletion).uploadEnded();
      } catch (SignalExternalWorkflowException | TemporalFailure gone) {
        log.info("deletion {} no longer waits: {}", deletion, gone.getMessage());
      }
    }
  }
}
