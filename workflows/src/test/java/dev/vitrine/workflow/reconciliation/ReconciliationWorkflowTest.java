package dev.vitrine.workflow.reconciliation;

import static dev.vitrine.workflow.TestStack.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.activity.Finding;
import dev.vitrine.activity.Operation;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.workflow.TestStack;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.deletion.DeletionResult;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReconciliationWorkflowTest {

  private final TestStack stack = new TestStack();
  private final UUID imageId = UUID.randomUUID();
  private final UUID taskId = UUID.randomUUID();

  @AfterEach
  void stop() {
    stack.close();
  }

  @Test
  void settlesAnAbandonedUploadByItsPolicy() {
    stack.registry.put(imageId, ImageStatus.SAVING, "acme", false);
    find(Finding.Kind.ABANDONED_UPLOAD, null, FailurePolicy.KILL);

    assertThat(pass().uploadsSettled()).isEqualTo(1);
    assertThat(stack.registry.status(imageId)).isEqualTo(ImageStatus.KILLED);
  }

  @Test
  void failsAnAbandonedImportAndDeletesItsImage() {
    abandonedImport(ImageStatus.QUEUED);

    assertThat(pass().tasksSettled()).isEqualTo(1);
    assertThat(stack.tasks.tasks.get(taskId).status()).isEqualTo(TaskStatus.FAILURE);
    assertThat(stack.tasks.tasks.get(taskId).message()).contains("found so", "start it again");
    assertThat(stack.registry.status(imageId)).isEqualTo(ImageStatus.DELETED);
  }

  @Test
  void succeedsAnAbandonedImportWhoseImageIsComplete() {
    abandonedImport(ImageStatus.ACTIVE);

    pass();

    assertThat(stack.tasks.tasks.get(taskId).status()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(stack.tasks.tasks.get(taskId).result())
        .containsEntry("image_id", imageId.toString());
    assertThat(stack.registry.status(imageId)).isEqualTo(ImageStatus.ACTIVE);
  }

  @Test
  void leavesAnAbandonedImportToTheUploadThatIsStillSettling() {
    abandonedImport(ImageStatus.SAVING);

    assertThat(pass().tasksSettled()).isZero();
    assertThat(stack.tasks.tasks.get(taskId).status()).isEqualTo(TaskStatus.PROCESSING);
  }

  @Test
  void endsAnAbandonedImportWhoseImageIsProtected() {
    abandonedImport(ImageStatus.QUEUED);
    stack.registry.put(imageId, ImageStatus.QUEUED, "acme", true);

    assertThat(pass().tasksSettled()).isEqualTo(1);
    assertThat(stack.tasks.tasks.get(taskId).status()).isEqualTo(TaskStatus.FAILURE);
    assertThat(stack.registry.status(imageId)).isEqualTo(ImageStatus.QUEUED);
  }

  @Test
  void discardsAnAbandonedExportAndKeepsItsImage() {
    stack.registry.put(imageId, ImageStatus.ACTIVE, "acme", false);
    stack.tasks.createTask(
        op("c"), taskId, new TaskInput.Export(imageId, "file:///exports/x"), ALICE, null);
    stack.tasks.startTask(op("s"), taskId, imageId);
    find(Finding.Kind.ABANDONED_TASK, taskId, null);

    pass();

    assertThat(stack.transfers.calls).containsExactly("discard export");
    assertThat(stack.tasks.tasks.get(taskId).status()).isEqualTo(TaskStatus.FAILURE);
    assertThat(stack.registry.status(imageId)).isEqualTo(ImageStatus.ACTIVE);
  }

  @Test
  void takesUpADeletionThatWasLost() {
    stack.registry.put(imageId, ImageStatus.PENDING_DELETE, "acme", false);
    find(Finding.Kind.UNFINISHED_DELETION, null, null);

    assertThat(pass().deletionsStarted()).isEqualTo(1);
    stack
        .client()
        .newUntypedWorkflowStub(WorkflowIds.deletion(imageId))
        .getResult(DeletionResult.class);
    assertThat(stack.registry.status(imageId)).isEqualTo(ImageStatus.DELETED);
  }

  @Test
  void goesOnAfterAFindingThatCantBeSettled() {
    UUID broken = UUID.randomUUID();
    stack.registry.put(broken, ImageStatus.ACTIVE, "acme", false);
    stack.findings.add(
        new Finding(
            Finding.Kind.ABANDONED_UPLOAD,
            broken,
            null,
            null,
            FailurePolicy.KILL,
            "not saving",
            null));
    stack.transfers.failNextRemoval(new Conflict("no"));
    stack.findings.add(
        new Finding(
            Finding.Kind.LEFTOVER_LOCATION,
            imageId,
            null,
            UUID.randomUUID(),
            null,
            "leftover",
            "main"));
    stack.registry.put(imageId, ImageStatus.SAVING, "acme", false);
    find(Finding.Kind.ABANDONED_UPLOAD, null, FailurePolicy.REQUEUE);

    ReconciliationResult result = pass();

    assertThat(result.counts()).isEqualTo(new ReconciliationResult(1, 0, 0, 0, 2, 3, 2));
    assertThat(stack.registry.status(imageId)).isEqualTo(ImageStatus.QUEUED);
  }

  /** Nobody foresaw a finding of an upload without an image. */
  @Test
  void goesOnAfterAFindingThatMakesNoSense() {
    stack.findings.add(
        new Finding(
            Finding.Kind.ABANDONED_UPLOAD, null, null, null, FailurePolicy.KILL, "odd", null));
    stack.registry.put(imageId, ImageStatus.SAVING, "acme", false);
    find(Finding.Kind.ABANDONED_UPLOAD, null, FailurePolicy.REQUEUE);

    ReconciliationResult result = pass();

    assertThat(result.failed()).isEqualTo(1);
    assertThat(result.notSettled()).hasSize(1).first().asString().startsWith("odd: ");
    assertThat(stack.registry.status(imageId)).isEqualTo(ImageStatus.QUEUED);
  }

  @Test
  void namesWhatFailedAndWhyAndNotAllOfIt() {
    for (int i = 0; i < 30; i++) {
      UUID refused = UUID.randomUUID();
      stack.registry.put(refused, ImageStatus.ACTIVE, "acme", false);
      stack.findings.add(
          new Finding(
              Finding.Kind.ABANDONED_UPLOAD,
              refused,
              null,
              null,
              FailurePolicy.KILL,
              "image %s is odd".formatted(refused) + "!".repeat(1000),
              null));
    }

    ReconciliationResult result = pass();

    assertThat(result.failed()).isEqualTo(30);
    assertThat(result.notSettled())
        .hasSize(10)
        .allMatch(line -> line.startsWith("image ") && line.length() <= 301);
    assertThat(result.isUneventful()).isFalse();
  }

  @Test
  void asksAStoreThatFailedNoMoreInTheSamePass() {
    stack.transfers.failRemovals(new Unavailable("store 'gone' is not configured here"));
    for (int i = 0; i < 50; i++) {
      stack.findings.add(
          new Finding(
              Finding.Kind.LEFTOVER_LOCATION,
              imageId,
              null,
              UUID.randomUUID(),
              null,
              "location %d is left".formatted(i),
              "gone"));
    }

    ReconciliationResult result = pass();

    assertThat(result.failed()).isEqualTo(50);
    assertThat(result.notSettled()).allMatch(line -> line.contains("'gone' is not configured"));
    // The first eight, twice each.
    assertThat(stack.transfers.removalsTried.get()).isLessThanOrEqualTo(16);
  }

  @Test
  void aStoreThatHangsHoldsUpNoUpload() {
    stack.transfers.hangOnRemoval();
    stack.findings.add(
        new Finding(
            Finding.Kind.LEFTOVER_LOCATION,
            imageId,
            null,
            UUID.randomUUID(),
            null,
            "location x is left",
            "slow"));
    stack.registry.put(imageId, ImageStatus.SAVING, "acme", false);
    find(Finding.Kind.ABANDONED_UPLOAD, null, FailurePolicy.REQUEUE);

    ReconciliationWorkflow pass =
        stack.stub(
            ReconciliationWorkflow.class, WorkflowIds.reconciliation(TestStack.INSTALLATION));
    io.temporal.client.WorkflowClient.start(
        pass::reconcile, ReconciliationRequest.once(Duration.ofMinutes(1)));
    stack.server.sleep(Duration.ofSeconds(1));

    assertThat(stack.registry.status(imageId)).isEqualTo(ImageStatus.QUEUED);
    ReconciliationResult result = TestStack.result(pass, ReconciliationResult.class);
    assertThat(result.counts()).isEqualTo(new ReconciliationResult(1, 0, 0, 0, 2, 3, 1));
    assertThat(result.notSettled()).singleElement().asString().startsWith("location x is left: ");
  }

  @Test
  void theNextPassGoesOnWhereOneHasLeftOff() {
    for (int i = 0; i < 700; i++) {
      UUID id = UUID.randomUUID();
      stack.registry.put(id, ImageStatus.PENDING_DELETE, "acme", false);
      stack.findings.add(
          new Finding(
              Finding.Kind.LEFTOVER_LOCATION, id, null, UUID.randomUUID(), null, "left", null));
    }

    ReconciliationResult first = pass();
    assertThat(first.locationsRemoved()).isEqualTo(512);
    assertThat(first.next()).containsOnlyKeys(Finding.Kind.LEFTOVER_LOCATION);

    ReconciliationResult second =
        stack
            .stub(ReconciliationWorkflow.class, WorkflowIds.reconciliation(TestStack.INSTALLATION))
            .reconcile(new ReconciliationRequest(null, Duration.ofMinutes(1), first.next()));
    assertThat(second.locationsRemoved()).isEqualTo(188);
    assertThat(second.next()).isEmpty();
  }

  @Test
  void repeatsItselfWhereAskedTo() throws Exception {
    ReconciliationWorkflow looping =
        stack.stub(
            ReconciliationWorkflow.class, WorkflowIds.reconciliation(TestStack.INSTALLATION));
    io.temporal.client.WorkflowClient.start(
        looping::reconcile, ReconciliationRequest.repeated(Duration.ofMinutes(1)));
    stack.server.sleep(Duration.ofSeconds(10));
    stack.registry.put(imageId, ImageStatus.SAVING, "acme", false);
    find(Finding.Kind.ABANDONED_UPLOAD, null, FailurePolicy.REQUEUE);

    stack.server.sleep(Duration.ofMinutes(3));

    assertThat(stack.registry.status(imageId)).isEqualTo(ImageStatus.QUEUED);
  }

  private void abandonedImport(ImageStatus status) {
    stack.tasks.createTask(
        op("c"),
        taskId,
        new TaskInput.Import("http://source.example/x", "raw", Map.of()),
        ALICE,
        null);
    stack.tasks.startTask(op("s"), taskId, imageId);
    stack.registry.put(imageId, status, "acme", false);
    find(Finding.Kind.ABANDONED_TASK, taskId, null);
  }

  private void find(Finding.Kind kind, @Nullable UUID task, @Nullable FailurePolicy policy) {
    stack.findings.add(new Finding(kind, imageId, task, null, policy, "found so", null));
  }

  private ReconciliationResult pass() {
    return stack
        .stub(ReconciliationWorkflow.class, WorkflowIds.reconciliation(TestStack.INSTALLATION))
        .reconcile(ReconciliationRequest.once(Duration.ofMinutes(1)));
  }

  private static Operation op(String id) {
    return new Operation(id, "w", "r", "given");
  }
}
