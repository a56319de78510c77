package dev.vitrine.backend;

import dev.vitrine.access.Requester;
import dev.vitrine.process.ExecutionState;
import dev.vitrine.process.UploadHandle;
import dev.vitrine.workflow.upload.UploadResult;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An upload in Temporal. */
record TemporalUpload(UploadHandle upload, RequesterClaim claim, Requester by)
    implements RunningWork {

  @Override
  public String what() {
    return "upload of image " + upload.imageId();
  }

  @Override
  public Reply started() {
    return Reply.of("image_id", upload.imageId(), "workflow_id", upload.workflowId());
  }

  @Override
  public String leave() {
    return """
    The upload of image %1$s goes on without you.
      watch it:   vitrine image watch-upload %1$s%2$s
      cancel it:  vitrine image cancel-upload %1$s%2$s\
    """
        .formatted(upload.imageId(), claim.repeated());
  }

  @Override
  public boolean hasEnded() {
    return upload.state().ended();
  }

  @Override
  public Optional<Ending> await(Duration timeout) {
    return upload.await(timeout).map(TemporalUpload::ending);
  }

  @Override
  public ExecutionState state() {
    return upload.state();
  }

  @Override
  public void cancel() {
    upload.cancel(by);
  }

  private static Ending ending(UploadResult result) {
    return new Ending(result.outcome().wireName(), Replies.of(result), failure(result));
  }

  private static @Nullable Failure failure(UploadResult result) {
    if (result.outcome() == UploadResult.Outcome.ACTIVATED) {
      return null;
    }
    String kind = result.errorKind();
    return new Failure(
        kind == null ? "NotActivated" : kind,
        "upload of image %s ended as %s: %s"
            .formatted(
                result.imageId(),
                result.outcome().wireName(),
                result.message() == null ? "it was stopped" : result.message()));
  }
}
