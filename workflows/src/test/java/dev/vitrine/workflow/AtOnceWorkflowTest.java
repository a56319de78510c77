package dev.vitrine.workflow;

import static dev.vitrine.workflow.TestStack.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.activity.AtOnceOutcome;
import dev.vitrine.activity.AtOnceRemoval;
import dev.vitrine.activity.AtOnceUpload;
import dev.vitrine.activity.Operation;
import dev.vitrine.activity.Source;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.image.Location;
import dev.vitrine.image.NewImage;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.workflow.deletion.DeletionRequest;
import dev.vitrine.workflow.deletion.DeletionResult;
import dev.vitrine.workflow.task.TaskRequest;
import dev.vitrine.workflow.upload.UploadRequest;
import dev.vitrine.workflow.upload.UploadResult;
import dev.vitrine.workflow.upload.UploadResult.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * How workflows go on from what was done at once: the transfers of the fake are the regular way.
 */
class AtOnceWorkflowTest {

  private static final Source SOURCE = new Source.Url("http://source.example/image.raw");
  private static final TaskInput IMPORT =
      new TaskInput.Import("http://source.example/image.raw", "raw", Map.of());

  private final TestStack stack = new TestStack();
  private final UUID id = UUID.randomUUID();

  @AfterEach
  void stop() {
    stack.close();
  }

  @Test
  void anUploadIsOverOnceItIsDone() {
    stack.uploadsAtOnce = this::done;

    assertThat(upload().outcome()).isEqualTo(Outcome.ACTIVATED);

    assertThat(stack.registry.status(id)).isEqualTo(ImageStatus.ACTIVE);
    assertThat(stack.transfers.calls).isEmpty();
  }

  @Test
  void anUploadGoesOnAtTheLocationThatWasBegun() {
    stack.uploadsAtOnce = upload -> AtOnceOutcome.begun(begin(upload));

    assertThat(upload().outcome()).isEqualTo(Outcome.ACTIVATED);

    assertThat(stack.transfers.calls).containsExactly("transfer");
    assertThat(stack.registry.edges).containsExactly("1", "4", "6");
  }

  @Test
  void anUploadThatNobodySpeaksOfAnyMoreGoesOnWhereItIs() {
    stack.uploadsAtOnce =
        upload -> {
          Location unused = begin(upload);
          throw Failures.toTemporal(new Unavailable("the registry went away"));
        };

    assertThat(upload().outcome()).isEqualTo(Outcome.ACTIVATED);

    assertThat(stack.registry.edges).containsExactly("1", "4", "6");
  }

  @Test
  void whatIsNotBegunGoesTheRegularWay() {
    assertThat(upload().outcome()).isEqualTo(Outcome.ACTIVATED);

    assertThat(stack.transfers.calls).containsExactly("transfer");
  }

  @Test
  void aRefusalIsOne() {
    stack.uploadsAtOnce =
        upload -> {
          throw Failures.toTemporal(new Conflict("held by another"));
        };

    assertThatThrownBy(this::upload).cause().hasMessageContaining("held by another");

    assertThat(stack.registry.status(id)).isEqualTo(ImageStatus.QUEUED);
    assertThat(stack.transfers.calls).isEmpty();
  }

  @Test
  void aTaskMakesItsImageWithoutAnUploadOfItsOwn() {
    stack.uploadsAtOnce = this::done;

    var task = stack.task(id).run(new TaskRequest(id, IMPORT, ALICE).tryingAtOnce());

    assertThat(task.status()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(stack.registry.status(task.imageId())).isEqualTo(ImageStatus.ACTIVE);
    assertThat(stack.transfers.calls).isEmpty();
  }

  @Test
  void aTasksUploadGoesOnAtTheLocationThatWasBegun() {
    stack.uploadsAtOnce = upload -> AtOnceOutcome.begun(begin(upload));

    var task = stack.task(id).run(new TaskRequest(id, IMPORT, ALICE).tryingAtOnce());

    assertThat(task.status()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(stack.transfers.calls).containsExactly("transfer");
  }

  @Test
  void aDeletionRemovesItselfWhatIsLeft() {
    UploadResult unused = upload();
    stack.registry.deleteImage(
        new Operation("delete", "request", "request", "deleted"), id, ALICE, Duration.ZERO);
    stack.removalsAtOnce = image -> removed(0, 1);

    DeletionResult result = stack.deletion(id).delete(DeletionRequest.ofData(id, ALICE));

    assertThat(result.locationsRemoved()).isEqualTo(1);
    assertThat(stack.registry.locations).isEmpty();
  }

  @Test
  void aDeletionIsOverOnceNothingIsLeft() {
    UploadResult unused = upload();
    stack.registry.deleteImage(
        new Operation("delete", "request", "request", "deleted"), id, ALICE, Duration.ZERO);
    stack.removalsAtOnce = image -> removed(1, 0);

    DeletionResult result = stack.deletion(id).delete(DeletionRequest.ofData(id, ALICE));

    assertThat(result.locationsRemoved()).isEqualTo(1);
    assertThat(stack.transfers.calls).doesNotContain("remove");
  }

  private AtOnceRemoval removed(int removed, int left) {
    return new AtOnceRemoval(ImageSummary.of(stack.registry.images.get(id)), removed, left);
  }

  private UploadResult upload() {
    return stack
        .upload(id)
        .upload(UploadRequest.of(NewImage.of(id, "acme"), SOURCE, ALICE).atHand());
  }

  private Location begin(AtOnceUpload upload) {
    return stack.registry.beginUpload(
        upload.begin(), upload.imageId(), FailurePolicy.REQUEUE, upload.by(), null, null);
  }

  private AtOnceOutcome done(AtOnceUpload upload) {
    Location location = begin(upload);
    return AtOnceOutcome.done(
        stack.registry.completeUpload(
            upload.complete(), upload.imageId(), location.id(), FakeTransfers.DATA));
  }
}
