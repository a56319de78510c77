package dev.vitrine.fake;

import dev.vitrine.access.Requester;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.workflow.deletion.DeletionRequest;
import dev.vitrine.workflow.deletion.DeletionResult;
import dev.vitrine.workflow.deletion.ImageDeletionWorkflow;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/** A deletion of one location; refused by the image's id, in the two ways a refusal can arrive. */
public final class FakeDeletion implements ImageDeletionWorkflow {

  private @Nullable ImageSummary image;
  private boolean refuse;

  @Override
  public DeletionResult delete(DeletionRequest request) {
    if (request.imageId().equals(FakeVitrine.MISSING)) {
      throw Failures.toTemporal(
          new NotFound("image %s was not found".formatted(request.imageId())));
    }
    if (request.imageId().equals(FakeVitrine.PROTECTED)) {
      throw Failures.toTemporal(
          new Forbidden("image %s is protected".formatted(request.imageId())));
    }
    if (request.imageId().equals(FakeVitrine.PROTECTED_LATE)) {
      refuse = true;
      Workflow.await(Workflow::isEveryHandlerFinished);
      throw Failures.toTemporal(new Forbidden("image is protected"));
    }
    image =
        FakeVitrine.image(
            request.imageId(),
            "gone",
            request.by().project(),
            request.delay().isZero() ? ImageStatus.DELETED : ImageStatus.PENDING_DELETE,
            null);
    Workflow.sleep(request.delay());
    Workflow.await(Workflow::isEveryHandlerFinished);
    return new DeletionResult(request.imageId(), 1);
  }

  @Override
  public ImageSummary awaitDeleted(Requester by) {
    Workflow.await(() -> refuse || image != null);
    if (image == null) {
      throw Failures.toTemporal(new Forbidden("image is protected"));
    }
    return image;
  }

  @Override
  public void uploadEnded() {}
}
