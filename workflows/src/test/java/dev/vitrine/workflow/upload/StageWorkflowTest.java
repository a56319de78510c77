package dev.vitrine.workflow.upload;

import static dev.vitrine.workflow.TestStack.ALICE;
import static dev.vitrine.workflow.TestStack.failedUpload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.activity.ImportOrder;
import dev.vitrine.activity.Operation;
import dev.vitrine.activity.Source;
import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImportMethod;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.workflow.FakeTransfers;
import dev.vitrine.workflow.TestStack;
import dev.vitrine.workflow.VitrineSearchAttributes;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.deletion.DeletionRequest;
import dev.vitrine.workflow.upload.UploadResult.Outcome;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An upload that ends in a stage. */
@Timeout(60)
class StageWorkflowTest {

  private final TestStack stack = new TestStack();
  private final UUID id = UUID.randomUUID();
  private final ImageUploadWorkflow stage = stack.upload(id);

  @BeforeEach
  void register() {
    stack.registry.put(id, ImageStatus.QUEUED, "acme", false);
  }

  @AfterEach
  void stop() {
    stack.close();
  }

  private UploadRequest request() {
    return UploadRequest.ofQueued(id, new Source.Url("http://source.example/a.raw"), ALICE)
        .staging();
  }

  @Test
  void leavesTheImageUploadingAndItsDataAsItIs() {
    UploadResult result = stage.upload(request());

    assertThat(result.outcome()).isEqualTo(Outcome.STAGED);
    assertThat(result.data()).isEqualTo(FakeTransfers.DATA);
    assertThat(stack.registry.edges).containsExactly("18");
    assertThat(stack.registry.status(id)).isEqualTo(ImageStatus.UPLOADING);
    assertThat(stack.registry.images.get(id).size()).isNull();
    assertThat(stack.registry.locations(id))
        .singleElement()
        .extracting(Location::status)
        .isEqualTo(LocationStatus.PENDING);
    assertThat(
            WorkflowStub.fromTyped(stage)
                .describe()
                .getTypedSearchAttributes()
                .get(VitrineSearchAttributes.IMAGE_STATUS))
        .isEqualTo("uploading");
  }

  @Test
  void isNeverDoneWithinTheWorkflowTask() {
    stack.uploadsAtOnce =
        upload -> {
          throw new AssertionError("it would be active");
        };

    assertThat(stage.upload(request().atHand().staging()).outcome()).isEqualTo(Outcome.STAGED);
  }

  @Test
  void whatFailsIsDiscardedAndTheImageQueuedAgain() throws Exception {
    stack.transfers.failNext(new SourceUnusable("the source answered 404"));

    UploadResult result = failedUpload(() -> stage.upload(request()));

    assertThat(result.outcome()).isEqualTo(Outcome.REQUEUED);
    assertThat(result.message()).isEqualTo("transfer, attempt 1: the source answered 404");
    assertThat(stack.registry.edges).containsExactly("18", "19");
    stack.awaitNothingIsLeft();
  }

  @Test
  void whatIsCancelledIsDiscarded() throws Exception {
    stack.transfers.hang = true;
    WorkflowClient.start(stage::upload, request());
    stack.transfers.hanging.await();

    stage.cancel(ALICE);

    UploadResult result = TestStack.result(stage, UploadResult.class);
    assertThat(result.outcome()).isEqualTo(Outcome.REQUEUED);
    assertThat(result.message()).isEqualTo("stage cancelled by alice");
    stack.awaitNothingIsLeft();
  }

  @Test
  void aDeletedImageStopsIt() throws Exception {
    stack.transfers.hang = true;
    WorkflowClient.start(stage::upload, request());
    stack.transfers.hanging.await();

    stack.deletion(id).delete(new DeletionRequest(id, ALICE, Duration.ZERO));

    assertThat(TestStack.result(stage, UploadResult.class).outcome()).isEqualTo(Outcome.DELETED);
    assertThat(stack.registry.status(id)).isEqualTo(ImageStatus.DELETED);
    stack.awaitNothingIsLeft();
  }

  @Test
  void oneThatFailsAfterItsDataWasImportedRemovesNothing() {
    stack.transfers.failNext(new SourceUnusable("what it brought is not told"));
    UUID task = UUID.randomUUID();
    stack.transfers.beforeFailure =
        () ->
            stack.imports.beginImport(
                new Operation("b", WorkflowIds.task(task), "run", "imported"),
                task,
                id,
                new ImportOrder(ImportMethod.GLANCE_DIRECT, List.of("fake"), false, true),
                ALICE);

    assertThat(stage.upload(request()).outcome()).isEqualTo(Outcome.STAGED);

    assertThat(stack.registry.status(id)).isEqualTo(ImageStatus.IMPORTING);
    assertThat(stack.registry.locations(id))
        .singleElement()
        .extracting(Location::status)
        .isEqualTo(LocationStatus.PENDING);
    assertThat(stack.transfers.calls).doesNotContain("remove");
  }
}
