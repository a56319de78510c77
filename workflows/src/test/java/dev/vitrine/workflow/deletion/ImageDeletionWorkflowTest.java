package dev.vitrine.workflow.deletion;

import static dev.vitrine.workflow.TestStack.ADMIN;
import static dev.vitrine.workflow.TestStack.ALICE;
import static dev.vitrine.workflow.TestStack.BOB;
import static dev.vitrine.workflow.TestStack.newUpload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Requester;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.workflow.TestStack;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.upload.ImageUploadWorkflow;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateStage;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class ImageDeletionWorkflowTest {

  private final TestStack stack = new TestStack();
  private final UUID id = UUID.randomUUID();
  private final ImageDeletionWorkflow deletion = stack.deletion(id);

  @AfterEach
  void stop() {
    stack.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"QUEUED", "ACTIVE", "DEACTIVATED", "KILLED", "SAVING"})
  void deletesFromEveryStatusThatHasAnEdge(ImageStatus from) {
    stack.registry.put(id, from, "acme", false);

    deletion.delete(new DeletionRequest(id, ALICE, Duration.ZERO));

    assertThat(stack.registry.status(id)).isEqualTo(ImageStatus.DELETED);
  }

  @Test
  void removesTheData() {
    stack.upload(id).upload(newUpload(id, FailurePolicy.REQUEUE));

    DeletionResult result = deletion.delete(new DeletionRequest(id, ALICE, Duration.ZERO));

    assertThat(result.locationsRemoved()).isEqualTo(1);
    assertThat(stack.registry.locations).isEmpty();
  }

  @Test
  void keepsTheDataUntilTheScrubTime() {
    stack.upload(id).upload(newUpload(id, FailurePolicy.REQUEUE));
    long before = stack.server.currentTimeMillis();

    deletion.delete(new DeletionRequest(id, ALICE, Duration.ofHours(3)));

    assertThat(stack.server.currentTimeMillis() - before)
        .isGreaterThanOrEqualTo(Duration.ofHours(3).toMillis());
    assertThat(stack.registry.edges).containsExactly("1", "4", "6", "11", "17");
    assertThat(stack.registry.locations).isEmpty();
  }

  /** The reference's scrubber stops after a while, and nobody notices. */
  @Test
  @Timeout(300)
  void theScrubTimerRunsForAThousandCycles() {
    for (int cycle = 0; cycle < 1000; cycle++) {
      UUID image = UUID.randomUUID();
      stack.registry.put(image, ImageStatus.ACTIVE, "acme", false);

      stack.deletion(image).delete(new DeletionRequest(image, ALICE, Duration.ofHours(cycle % 7)));

      assertThat(stack.registry.status(image)).isEqualTo(ImageStatus.DELETED);
    }
  }

  @Test
  void keepsTryingWhileTheStoreIsDown() {
    stack.upload(id).upload(newUpload(id, FailurePolicy.REQUEUE));
    for (int i = 0; i < 12; i++) {
      stack.transfers.failNextRemoval(new Unavailable("store main is down"));
    }

    deletion.delete(new DeletionRequest(id, ALICE, Duration.ZERO));

    assertThat(stack.registry.locations).isEmpty();
  }

  @Test
  void refusesAProtectedImageAndChangesNothing() {
    stack.registry.put(id, ImageStatus.ACTIVE, "acme", true);

    assertRefused(Forbidden.class, ADMIN);

    assertThat(stack.registry.status(id)).isEqualTo(ImageStatus.ACTIVE);
  }

  @Test
  void doesNotStopTheUploadOfAProtectedImage() {
    stack.registry.put(id, ImageStatus.SAVING, "acme", true);

    assertRefused(Forbidden.class, ALICE);

    assertThat(stack.registry.status(id)).isEqualTo(ImageStatus.SAVING);
  }

  @Test
  void doesNotSayThatAnothersImageExists() {
    stack.registry.put(id, ImageStatus.ACTIVE, "acme", false);

    assertRefused(NotFound.class, BOB);
  }

  @Test
  void doesNotFindWhatIsDeleted() {
    stack.registry.put(id, ImageStatus.DELETED, "acme", false);

    assertRefused(NotFound.class, ALICE);
  }

  @Test
  void saysTheStatusBeforeTheDataIsGone() {
    stack.upload(id).upload(newUpload(id, FailurePolicy.REQUEUE));

    ImageSummary image = updateWithStart(new DeletionRequest(id, ALICE, Duration.ofDays(1)));

    assertThat(image.status()).isEqualTo(ImageStatus.PENDING_DELETE);
    assertThat(stack.registry.locations).hasSize(1);
    assertThat(result(stack.client().newUntypedWorkflowStub(WorkflowIds.deletion(id))))
        .isEqualTo(1);
  }

  @Test
  void refusesThroughTheUpdateToo() {
    stack.registry.put(id, ImageStatus.ACTIVE, "acme", true);

    assertThatThrownBy(() -> updateWithStart(new DeletionRequest(id, ALICE, Duration.ZERO)))
        .satisfies(e -> assertThat(Failures.fromTemporal(e)).get().isInstanceOf(Forbidden.class));
  }

  @Test
  void doesNotShowTheImageToAStrangerWhoJoinsTheDeletion() {
    stack.upload(id).upload(newUpload(id, FailurePolicy.REQUEUE));
    updateWithStart(new DeletionRequest(id, ALICE, Duration.ofDays(1)));

    assertThatThrownBy(() -> updateWithStart(new DeletionRequest(id, BOB, Duration.ZERO)))
        .satisfies(e -> assertThat(Failures.fromTemporal(e)).get().isInstanceOf(NotFound.class));
  }

  @Test
  void goesOnByItselfWhenTheUploadWasTerminated() throws Exception {
    stack.transfers.hang = true;
    ImageUploadWorkflow upload = stack.upload(id);
    WorkflowClient.start(upload::upload, newUpload(id, FailurePolicy.REQUEUE));
    stack.transfers.hanging.await();
    WorkflowStub.fromTyped(upload).terminate("pressed Terminate");

    DeletionResult result = deletion.delete(new DeletionRequest(id, ALICE, Duration.ZERO));

    assertThat(result.locationsRemoved()).isEqualTo(1);
    assertThat(stack.registry.edges).containsExactly("1", "4", "9");
  }

  private static int result(WorkflowStub stub) {
    return stub.getResult(DeletionResult.class).locationsRemoved();
  }

  private ImageSummary updateWithStart(DeletionRequest request) {
    ImageDeletionWorkflow stub =
        stack
            .client()
            .newWorkflowStub(
                ImageDeletionWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(WorkflowIds.deletion(id))
                    .setTaskQueue(TestStack.QUEUES.workflows())
                    .setWorkflowIdConflictPolicy(
                        WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                    .build());
    return WorkflowClient.executeUpdateWithStart(
        stub::awaitDeleted,
        request.by(),
        UpdateOptions.<ImageSummary>newBuilder()
            .setWaitForStage(WorkflowUpdateStage.COMPLETED)
            .build(),
        new WithStartWorkflowOperation<>(stub::delete, request));
  }

  private void assertRefused(Class<?> kind, Requester by) {
    assertThatThrownBy(() -> deletion.delete(new DeletionRequest(id, by, Duration.ZERO)))
        .satisfies(e -> assertThat(Failures.fromTemporal(e)).get().isInstanceOf(kind));
  }
}
