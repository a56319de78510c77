package dev.vitrine.workflow.upload;

import static dev.vitrine.workflow.TestStack.ALICE;
import static dev.vitrine.workflow.TestStack.BOB;
import static dev.vitrine.workflow.TestStack.failedUpload;
import static dev.vitrine.workflow.TestStack.newUpload;
import static dev.vitrine.workflow.TestStack.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.activity.Operation;
import dev.vitrine.activity.Source;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Location;
import dev.vitrine.workflow.FakeTransfers;
import dev.vitrine.workflow.TestStack;
import dev.vitrine.workflow.deletion.DeletionRequest;
import dev.vitrine.workflow.deletion.DeletionResult;
import dev.vitrine.workflow.upload.UploadResult.Outcome;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ImageUploadWorkflowTest {

  private final TestStack stack = new TestStack();
  private final UUID id = UUID.randomUUID();
  private final ImageUploadWorkflow upload = stack.upload(id);

  @AfterEach
  void stop() {
    stack.close();
  }

  @Test
  void activatesTheImage() {
    UploadResult result = upload.upload(newUpload(id, FailurePolicy.REQUEUE));

    assertThat(result.outcome()).isEqualTo(Outcome.ACTIVATED);
    assertThat(result.data()).isEqualTo(FakeTransfers.DATA);
    assertThat(stack.registry.edges).containsExactly("1", "4", "6");
    assertThat(stack.registry.images.get(id).checksum()).isEqualTo(FakeTransfers.DATA.checksum());
  }

  @Test
  void requeuesAfterAPermanentFailureAtTheFirstAttempt() throws Exception {
    stack.transfers.failNext(new SourceUnusable("the source answered 404"));

    UploadResult result = failedUpload(() -> upload.upload(newUpload(id, FailurePolicy.REQUEUE)));

    assertThat(result.outcome()).isEqualTo(Outcome.REQUEUED);
    assertThat(result.errorKind()).isEqualTo("SourceUnusable");
    assertThat(result.message()).isEqualTo("transfer, attempt 1: the source answered 404");
    assertThat(stack.registry.edges).containsExactly("1", "4", "8");
    stack.awaitNothingIsLeft();
    assertThat(stack.transfers.calls).containsExactly("transfer", "remove");
  }

  @Test
  void isToldApartFromARefusedOneByTheFailuresType() {
    stack.transfers.failNext(new SourceUnusable("the source answered 404"));

    assertThatThrownBy(() -> upload.upload(newUpload(id, FailurePolicy.REQUEUE)))
        .cause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failed -> {
              assertThat(failed.getType()).isEqualTo(FailedUpload.TYPE);
              assertThat(failed.getOriginalMessage())
                  .isEqualTo(
                      "image %s: transfer, attempt 1: the source answered 404".formatted(id));
              assertThat(failed.getCause())
                  .isInstanceOfSatisfying(
                      ApplicationFailure.class,
                      kind -> assertThat(kind.getType()).isEqualTo("SourceUnusable"));
            });
    assertThatThrownBy(() -> stack.upload(id).upload(newUpload(id, FailurePolicy.REQUEUE)))
        .cause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            refused -> assertThat(refused.getType()).isEqualTo("Conflict"));
  }

  @Test
  void tellsItsOutcomeThoughNobodyCanRemoveItsData() {
    try (TestStack alone = new TestStack(false)) {
      alone.transfers.failNext(new SourceUnusable("the source answered 404"));

      UploadResult result =
          failedUpload(() -> alone.upload(id).upload(newUpload(id, FailurePolicy.REQUEUE)));

      assertThat(result.outcome()).isEqualTo(Outcome.REQUEUED);
      assertThat(alone.registry.status(id)).isEqualTo(ImageStatus.QUEUED);
      assertThat(alone.registry.locations).hasSize(1);
      assertThat(alone.secondUpload(id).upload(existing()).outcome()).isEqualTo(Outcome.ACTIVATED);
    }
  }

  @Test
  void neitherSettlesNorStopsTheUploadThatCameAfterIt() {
    Location first = begun("image-upload/first");
    stack.registry.failUpload(op("f"), id, FailurePolicy.REQUEUE, first.id());
    Location second = begun("image-upload/second");
    stack.transfers.failNext(new SourceUnusable("the source answered 404"));

    assertThatThrownBy(() -> upload.upload(existing()))
        .satisfies(e -> assertThat(Failures.fromTemporal(e)).get().isInstanceOf(Conflict.class));

    assertThat(stack.registry.status(id)).isEqualTo(ImageStatus.SAVING);
    assertThat(stack.registry.locations.get(second.id())).isEqualTo(second);
    assertThat(stack.transfers.calls).isEmpty();
  }

  @Test
  void killsUnderThatPolicy() throws Exception {
    stack.transfers.failNext(new SourceUnusable("the source answered 404"));

    UploadResult result = failedUpload(() -> upload.upload(newUpload(id, FailurePolicy.KILL)));

    assertThat(result.outcome()).isEqualTo(Outcome.KILLED);
    assertThat(stack.registry.status(id)).isEqualTo(ImageStatus.KILLED);
    stack.awaitNothingIsLeft();
  }

  @Test
  void triesATransientFailureAgain() {
    stack.transfers.failNext(new Unavailable("connection reset"));
    stack.transfers.failNext(new Unavailable("connection reset"));

    UploadResult result = upload.upload(newUpload(id, FailurePolicy.REQUEUE));

    assertThat(result.outcome()).isEqualTo(Outcome.ACTIVATED);
    assertThat(stack.transfers.calls).containsExactly("transfer", "transfer", "transfer");
  }

  @Test
  void maySucceedAfterItWasRequeued() {
    stack.transfers.failNext(new SourceUnusable("the source answered 404"));
    failedUpload(() -> upload.upload(newUpload(id, FailurePolicy.REQUEUE)));

    UploadResult second =
        stack
            .upload(id)
            .upload(
                new UploadRequest(
                    id,
                    null,
                    new Source.Url("http://source.example/other"),
                    FailurePolicy.REQUEUE,
                    ExpectedData.NONE,
                    ALICE,
                    null));

    assertThat(second.outcome()).isEqualTo(Outcome.ACTIVATED);
    assertThat(stack.registry.edges).containsExactly("1", "4", "8", "4", "6");
  }

  @Test
  void waitsOutARegistryThatIsDown() {
    stack.registry.goDownFor(7);

    UploadResult result = upload.upload(newUpload(id, FailurePolicy.REQUEUE));

    assertThat(result.outcome()).isEqualTo(Outcome.ACTIVATED);
    assertThat(stack.registry.edges).containsExactly("1", "4", "6");
  }

  @Test
  void refusesASecondUploadAtOnce() throws Exception {
    stack.transfers.hang = true;
    WorkflowClient.start(upload::upload, newUpload(id, FailurePolicy.REQUEUE));
    stack.transfers.hanging.await();

    ImageUploadWorkflow second = stack.upload(id);
    UploadRequest request = newUpload(id, FailurePolicy.REQUEUE);
    assertThatThrownBy(() -> WorkflowClient.start(second::upload, request))
        .isInstanceOf(WorkflowExecutionAlreadyStarted.class);

    stack.transfers.hang = false;
    assertThat(result(upload, UploadResult.class).outcome()).isEqualTo(Outcome.ACTIVATED);
  }

  @Test
  void failsAndChangesNothingIfTheImageIsNotQueued() {
    stack.registry.put(id, ImageStatus.ACTIVE, "acme", false);

    assertThatThrownBy(() -> upload.upload(existing()))
        .isInstanceOf(WorkflowFailedException.class)
        .satisfies(
            e ->
                assertThat(Failures.fromTemporal(e))
                    .get()
                    .isInstanceOf(Conflict.class)
                    .extracting(Throwable::getMessage)
                    .asString()
                    .contains("image " + id + " is active: begin upload refused"));
    assertThat(stack.registry.edges).isEmpty();
  }

  @Test
  void failsIfTheImageIsAnothersSharedOne() {
    stack.registry.put(id, ImageStatus.QUEUED, "acme", false);
    UploadRequest foreign =
        new UploadRequest(
            id,
            null,
            new Source.Url("http://source.example/x"),
            FailurePolicy.REQUEUE,
            ExpectedData.NONE,
            BOB,
            null);

    assertThatThrownBy(() -> upload.upload(foreign))
        .satisfies(e -> assertThat(Failures.fromTemporal(e)).isPresent());
    assertThat(stack.registry.status(id)).isEqualTo(ImageStatus.QUEUED);
  }

  @Test
  void endsByThePolicyWhenItIsCancelled() throws Exception {
    stack.transfers.hang = true;
    WorkflowClient.start(upload::upload, newUpload(id, FailurePolicy.REQUEUE));
    stack.transfers.hanging.await();

    upload.cancel(ALICE);

    UploadResult result = result(upload, UploadResult.class);
    assertThat(result.outcome()).isEqualTo(Outcome.REQUEUED);
    assertThat(result.message()).isEqualTo("upload cancelled by alice");
    stack.awaitNothingIsLeft();
    assertThat(stack.transfers.calls).containsExactly("transfer", "stopped", "remove");
  }

  @Test
  void settlesTheImageWhenSomebodyCancelsTheWorkflow() throws Exception {
    stack.transfers.hang = true;
    WorkflowClient.start(upload::upload, newUpload(id, FailurePolicy.KILL));
    stack.transfers.hanging.await();

    WorkflowStub.fromTyped(upload).cancel();

    assertThatThrownBy(() -> result(upload, UploadResult.class))
        .hasRootCauseInstanceOf(CanceledFailure.class);
    assertThat(stack.registry.status(id)).isEqualTo(ImageStatus.KILLED);
    stack.awaitNothingIsLeft();
    assertThat(stack.transfers.calls).containsExactly("transfer", "stopped", "remove");
  }

  @Test
  void deletesTheImageWhenItsDeletionAsks() throws Exception {
    stack.transfers.hang = true;
    WorkflowClient.start(upload::upload, newUpload(id, FailurePolicy.REQUEUE));
    stack.transfers.hanging.await();

    DeletionResult deletion =
        stack.deletion(id).delete(new DeletionRequest(id, ALICE, Duration.ZERO));

    assertThat(deletion.locationsRemoved()).isEqualTo(1);
    UploadResult result = result(upload, UploadResult.class);
    assertThat(result.outcome()).isEqualTo(Outcome.DELETED);
    assertThat(result.message()).isEqualTo("image deleted by alice");
    assertThat(stack.registry.edges).containsExactly("1", "4", "9");
    assertThat(stack.transfers.calls).containsExactly("transfer", "stopped", "remove");
  }

  @Test
  void leavesWhatCantBeDiscardedRecorded() {
    stack.transfers.failNext(new SourceUnusable("the source answered 404"));
    stack.transfers.failNextRemoval(new Conflict("permanently broken"));

    UploadResult result = failedUpload(() -> upload.upload(newUpload(id, FailurePolicy.REQUEUE)));

    assertThat(result.outcome()).isEqualTo(Outcome.REQUEUED);
    assertThat(stack.registry.locations.values())
        .singleElement()
        .extracting(location -> location.status().wireName())
        .isEqualTo("pending_delete");
  }

  private Location begun(String workflowId) {
    if (!stack.registry.images.containsKey(id)) {
      stack.registry.put(id, ImageStatus.QUEUED, "acme", false);
    }
    return stack.registry.beginUpload(
        new Operation(workflowId, workflowId, "run", "begun"),
        id,
        FailurePolicy.REQUEUE,
        ALICE,
        null,
        null);
  }

  private static Operation op(String id) {
    return new Operation(id, "image-upload/first", "run", "a test");
  }

  private UploadRequest existing() {
    return new UploadRequest(
        id,
        null,
        new Source.Url("http://source.example/x"),
        FailurePolicy.REQUEUE,
        ExpectedData.NONE,
        ALICE,
        null);
  }
}
