package dev.vitrine.fake;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Source;
import dev.vitrine.activity.TransferActivities;
import dev.vitrine.activity.TransferRequest;
import dev.vitrine.activity.Transferred;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.workflow.upload.FailedUpload;
import dev.vitrine.workflow.upload.ImageUploadWorkflow;
import dev.vitrine.workflow.upload.UploadRequest;
import dev.vitrine.workflow.upload.UploadResult;
import dev.vitrine.workflow.upload.UploadResult.Outcome;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An upload whose source says how it ends: {@code refused} as a failed workflow, {@code broken}
 * requeued, {@code hold} when its transfer is released or it is cancelled, everything else
 * activated at once.
 */
public final class FakeUpload implements ImageUploadWorkflow {

  private final TransferActivities transfers =
      Workflow.newActivityStub(
          TransferActivities.class,
          ActivityOptions.newBuilder()
              .setTaskQueue(FakeVitrine.QUEUES.transfers())
              .setStartToCloseTimeout(Duration.ofHours(1))
              .build());

  private @Nullable Requester cancelledBy;

  @Override
  public UploadResult upload(UploadRequest request) {
    UUID id = request.imageId();
    return switch (FakeVitrine.wish(((Source.Url) request.source()).url())) {
      case "refused" ->
          throw Failures.toTemporal(
              new Forbidden("image %s belongs to project other".formatted(id)));
      case "broken" ->
          throw FakeVitrine.failed(
              FailedUpload.TYPE,
              new UploadResult(
                  id, Outcome.REQUEUED, null, "SourceUnusable", "the source answered 404"));
      case "hold" -> hold(request);
      default -> new UploadResult(id, Outcome.ACTIVATED, FakeVitrine.DATA, null, null);
    };
  }

  private UploadResult hold(UploadRequest request) {
    UUID id = request.imageId();
    Location location =
        new Location(
            id,
            id,
            "fake",
            "key",
            LocationStatus.PENDING,
            Instant.ofEpochMilli(Workflow.currentTimeMillis()));
    Promise<Transferred> transfer =
        Async.function(
            transfers::transfer,
            new TransferRequest(
                id,
                request.source(),
                location,
                request.expected(),
                request.by(),
                request.taskId()));
    Workflow.await(() -> transfer.isCompleted() || cancelledBy != null);
    return cancelledBy == null
        ? new UploadResult(id, Outcome.ACTIVATED, transfer.get().data(), null, null)
        : new UploadResult(
            id, Outcome.REQUEUED, null, null, "cancelled by " + cancelledBy.display());
  }

  @Override
  public void cancel(Requester by) {
    cancelledBy = by;
  }

  @Override
  public void delete(Requester by, String deletionWorkflowId) {}
}
