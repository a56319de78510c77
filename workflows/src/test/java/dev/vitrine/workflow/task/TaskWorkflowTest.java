package dev.vitrine.workflow.task;

import static dev.vitrine.workflow.TestStack.ADMIN;
import static dev.vitrine.workflow.TestStack.ALICE;
import static dev.vitrine.workflow.TestStack.failedTask;
import static dev.vitrine.workflow.TestStack.newUpload;
import static dev.vitrine.workflow.TestStack.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Operation;
import dev.vitrine.activity.Source;
import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.workflow.TestStack;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.reader.TaskLookupWorkflow;
import dev.vitrine.workflow.upload.UploadRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TaskWorkflowTest {

  private static final TaskInput IMPORT =
      new TaskInput.Import(
          "http://source.example/image",
          "qcow2",
          Map.of("name", "jammy", "min_disk", "3", "os_distro", "ubuntu"));

  private final TestStack stack = new TestStack();
  private final UUID taskId = UUID.randomUUID();
  private final UUID original = UUID.randomUUID();
  private final TaskWorkflow task = stack.task(taskId);

  @AfterEach
  void stop() {
    stack.close();
  }

  @Test
  void importsAnImage() {
    TaskSummary ended = run(IMPORT, ALICE);

    assertThat(ended.status()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(ended.result()).containsOnlyKeys("image_id");
    Image image = stack.registry.images.get(ended.imageId());
    assertThat(image.status()).isEqualTo(ImageStatus.ACTIVE);
    assertThat(image.name()).isEqualTo("jammy");
    assertThat(image.diskFormat()).isEqualTo("qcow2");
    assertThat(image.minDisk()).isEqualTo(3);
    assertThat(image.properties()).containsOnly(Map.entry("os_distro", "ubuntu"));
    assertThat(image.owner()).isEqualTo("acme");
  }

  @Test
  void failsWithStepAttemptAndCauseAndDeletesTheImage() throws Exception {
    stack.transfers.failNext(new SourceUnusable("GET http://source.example/image answered 404"));

    TaskSummary ended = run(IMPORT, ALICE);

    assertThat(ended.status()).isEqualTo(TaskStatus.FAILURE);
    assertThat(ended.message())
        .isEqualTo(
            "import of image %s: transfer, attempt 1: GET http://source.example/image answered 404"
                .formatted(ended.imageId()));
    assertThat(stack.registry.status(ended.imageId())).isEqualTo(ImageStatus.DELETED);
    stack.awaitNothingIsLeft();
  }

  @Test
  void failsFromPendingWhereTheInputIsWrong() {
    TaskSummary ended =
        run(new TaskInput.Import("http://source.example/i", "raw", Map.of("min_disk", "x")), ALICE);

    assertThat(ended.status()).isEqualTo(TaskStatus.FAILURE);
    assertThat(ended.message()).contains("min_disk 'x': give a whole number");
    assertThat(stack.registry.images).isEmpty();
  }

  @Test
  void clonesAnImageWithItsPropertiesOverridden() {
    stack.upload(original).upload(newUpload(original, FailurePolicy.REQUEUE));

    TaskSummary ended = run(new TaskInput.Clone(original, Map.of("name", "copy")), ALICE);

    assertThat(ended.status()).isEqualTo(TaskStatus.SUCCESS);
    Image copy = stack.registry.images.get(ended.imageId());
    assertThat(copy.id()).isNotEqualTo(original);
    assertThat(copy.name()).isEqualTo("copy");
    assertThat(copy.status()).isEqualTo(ImageStatus.ACTIVE);
  }

  @Test
  void exportsAnImage() {
    stack.upload(original).upload(newUpload(original, FailurePolicy.REQUEUE));

    TaskSummary ended = run(new TaskInput.Export(original, "file:///exports/a.raw"), ALICE);

    assertThat(ended.result())
        .containsEntry("image_id", original.toString())
        .containsEntry("destination", "file:///exports/a.raw")
        .containsEntry("size", 7);
  }

  @Test
  void failsAndDiscardsWhereNothingProvesTheResult() {
    stack.registry.put(original, ImageStatus.ACTIVE, "acme", false);
    stack.tasks.isUnproven = true;

    TaskSummary ended = run(new TaskInput.Export(original, "file:///exports/a.raw"), ALICE);

    assertThat(ended.status()).isEqualTo(TaskStatus.FAILURE);
    assertThat(ended.message())
        .isEqualTo("export of image %s: nothing proves it".formatted(original));
    assertThat(stack.transfers.calls).endsWith("discard export");
  }

  @Test
  void refusesExportAndCloneOfADeactivatedImageToANonAdminAndSaysWhy() {
    stack.registry.put(original, ImageStatus.DEACTIVATED, "acme", false);

    TaskSummary export = run(new TaskInput.Export(original, "file:///exports/a.raw"), ALICE);
    UUID second = UUID.randomUUID();
    TaskRequest cloning = new TaskRequest(second, new TaskInput.Clone(original, Map.of()), ALICE);
    TaskSummary clone = failedTask(() -> stack.task(second).run(cloning));

    assertThat(export.status()).isEqualTo(TaskStatus.FAILURE);
    assertThat(export.message()).contains("is deactivated: export by alice is forbidden");
    assertThat(clone.message()).contains("is deactivated: clone by alice is forbidden");
    assertThat(stack.transfers.calls).isEmpty();
  }

  @Test
  void letsAnAdminExportADeactivatedImage() {
    stack.registry.put(original, ImageStatus.DEACTIVATED, "acme", false);

    TaskSummary ended = run(new TaskInput.Export(original, "file:///exports/a.raw"), ADMIN);

    assertThat(ended.status()).isEqualTo(TaskStatus.SUCCESS);
  }

  @Test
  void endsInFailureThatSaysWhoCancelledIt() throws Exception {
    stack.transfers.hang = true;
    WorkflowClient.start(task::run, new TaskRequest(taskId, IMPORT, ALICE));
    stack.transfers.hanging.await();
    assertThat(task.task().status()).isEqualTo(TaskStatus.PROCESSING);

    task.cancel(ADMIN);

    TaskSummary ended = result(task, TaskSummary.class);
    assertThat(ended.status()).isEqualTo(TaskStatus.FAILURE);
    assertThat(ended.message()).startsWith("cancelled by root (admin) at 20");
    assertThat(stack.registry.status(ended.imageId())).isEqualTo(ImageStatus.DELETED);
    stack.awaitNothingIsLeft();
    assertThat(stack.transfers.calls).containsExactly("transfer", "stopped", "remove");
  }

  @Test
  void discardsTheExportThatWasCancelled() throws Exception {
    stack.registry.put(original, ImageStatus.ACTIVE, "acme", false);
    stack.transfers.hang = true;
    WorkflowClient.start(
        task::run,
        new TaskRequest(taskId, new TaskInput.Export(original, "file:///exports/a"), ALICE));
    stack.transfers.hanging.await();

    task.cancel(ALICE);

    assertThat(result(task, TaskSummary.class).status()).isEqualTo(TaskStatus.FAILURE);
    assertThat(stack.transfers.calls).containsExactly("export", "stopped", "discard export");
    assertThat(stack.registry.status(original)).isEqualTo(ImageStatus.ACTIVE);
  }

  @Test
  void settlesTheTaskWhenSomebodyCancelsTheWorkflow() throws Exception {
    stack.transfers.hang = true;
    WorkflowClient.start(task::run, new TaskRequest(taskId, IMPORT, ALICE));
    stack.transfers.hanging.await();

    WorkflowStub.fromTyped(task).cancel();

    assertThatThrownBy(() -> result(task, TaskSummary.class))
        .isInstanceOf(WorkflowFailedException.class);
    TaskSummary ended = TaskSummary.of(stack.tasks.tasks.get(taskId));
    assertThat(ended.status()).isEqualTo(TaskStatus.FAILURE);
    assertThat(ended.message()).startsWith("cancelled in Temporal at 20");
    assertThat(stack.registry.status(ended.imageId())).isEqualTo(ImageStatus.DELETED);
  }

  @Test
  void isAFailedWorkflowToldApartFromARefusalByItsType() {
    stack.transfers.failNext(new SourceUnusable("the source answered 404"));

    assertThatThrownBy(() -> task.run(new TaskRequest(taskId, IMPORT, ALICE)))
        .cause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failed -> {
              assertThat(failed.getType()).isEqualTo(FailedTask.TYPE);
              assertThat(failed.getOriginalMessage())
                  .isEqualTo(stack.tasks.tasks.get(taskId).message());
            });
  }

  @Test
  void staysWhatItWasWhenItIsRunAgain() {
    TaskSummary succeeded = run(IMPORT, ALICE);
    UUID second = UUID.randomUUID();
    stack.transfers.failNext(new SourceUnusable("the source answered 404"));
    TaskSummary failed = run(new TaskRequest(second, IMPORT, ALICE));
    List<UUID> images = List.copyOf(stack.registry.images.keySet());
    List<String> edges = List.copyOf(stack.registry.edges);

    assertThat(run(IMPORT, ALICE)).isEqualTo(succeeded);
    assertThat(run(new TaskRequest(second, IMPORT, ALICE))).isEqualTo(failed);

    assertThat(stack.registry.images.keySet()).containsExactlyElementsOf(images);
    assertThat(stack.registry.edges).isEqualTo(edges);
    assertThat(stack.transfers.calls).filteredOn("transfer"::equals).hasSize(2);
  }

  @Test
  void makesOneImageHoweverOftenItIsRun() {
    TaskSummary first = run(IMPORT, ALICE);

    // RFC 9562, version 3, of a text that anybody can hash.
    assertThat(first.imageId())
        .isEqualTo(
            UUID.nameUUIDFromBytes(("image of task " + taskId).getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void takesTheImageThatAnEarlierRunHasMade() {
    UUID imageId = startedBefore(ImageStatus.ACTIVE);

    TaskSummary ended = run(IMPORT, ALICE);

    assertThat(ended.status()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(ended.imageId()).isEqualTo(imageId);
    assertThat(stack.registry.images).hasSize(1);
    assertThat(stack.transfers.calls).isEmpty();
  }

  @Test
  void uploadsToTheImageThatAnEarlierRunHasRegistered() {
    UUID imageId = startedBefore(ImageStatus.QUEUED);

    TaskSummary ended = run(IMPORT, ALICE);

    assertThat(ended.status()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(stack.registry.images.keySet()).containsExactly(imageId);
    assertThat(stack.transfers.calls).containsExactly("transfer");
  }

  @Test
  void waitsForTheUploadThatAnEarlierRunHasStarted() throws Exception {
    UUID imageId = startedBefore(ImageStatus.QUEUED);
    stack.transfers.hang = true;
    WorkflowClient.start(
        stack.upload(imageId)::upload,
        UploadRequest.ofQueued(imageId, new Source.Url("http://source.example/image"), ALICE));
    stack.transfers.hanging.await();
    WorkflowClient.start(task::run, new TaskRequest(taskId, IMPORT, ALICE));
    stack.transfers.hang = false;

    TaskSummary ended = result(task, TaskSummary.class);

    assertThat(ended.status()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(stack.registry.status(imageId)).isEqualTo(ImageStatus.ACTIVE);
    assertThat(stack.transfers.calls).containsExactly("transfer");
  }

  @Test
  void isWhatAnotherHasSettledItToBe() {
    stack.registry.put(original, ImageStatus.ACTIVE, "acme", false);
    stack.transfers.hang = true;
    TaskRequest export =
        new TaskRequest(taskId, new TaskInput.Export(original, "file:///exports/a"), ALICE);
    WorkflowClient.start(task::run, export);
    awaitHanging();
    stack.tasks.failTask(
        new Operation("settle", "reconciliation", "run", "lost"), taskId, original, "lost");
    stack.transfers.hang = false;

    assertThat(failedTask(() -> result(task, TaskSummary.class)).message()).isEqualTo("lost");
  }

  @Test
  void namesTheTaskThatItRepeats() {
    UUID failed = UUID.randomUUID();

    TaskSummary ended = run(new TaskRequest(taskId, IMPORT, ALICE, failed));

    assertThat(ended.retryOf()).isEqualTo(failed);
  }

  @Test
  void refusesAnIdThatAnotherTaskHas() {
    run(IMPORT, ALICE);

    TaskInput other = new TaskInput.Clone(original, Map.of());
    TaskWorkflow again = stack.task(taskId);
    assertThatThrownBy(() -> again.run(new TaskRequest(taskId, other, ALICE)))
        .hasStackTraceContaining("task " + taskId + " is success: create refused");
  }

  private void awaitHanging() {
    try {
      stack.transfers.hanging.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The task is processing, and its image in that status, and its workflow is gone. */
  private UUID startedBefore(ImageStatus status) {
    UUID imageId = UUID.randomUUID();
    stack.tasks.createTask(new Operation("c", "w", "r", "given"), taskId, IMPORT, ALICE, null);
    stack.tasks.startTask(new Operation("s", "w", "r", "given"), taskId, imageId);
    stack.registry.put(imageId, status, "acme", false);
    return imageId;
  }

  @Test
  void canBeLookedUpWhenItsExecutionIsGone() {
    stack.tasks.createTask(new Operation("c", "w", "r", "given"), taskId, IMPORT, ALICE, null);

    TaskSummary found =
        stack.stub(TaskLookupWorkflow.class, WorkflowIds.taskLookup(taskId)).find(taskId, ALICE);

    assertThat(found.status()).isEqualTo(TaskStatus.PENDING);
  }

  /** How it ended, whether it failed or not. */
  private TaskSummary run(TaskInput input, Requester by) {
    return run(new TaskRequest(taskId, input, by));
  }

  private TaskSummary run(TaskRequest request) {
    TaskWorkflow workflow = stack.task(request.taskId());
    try {
      return workflow.run(request);
    } catch (WorkflowFailedException failed) {
      return FailedTask.task(failed).orElseThrow(() -> new AssertionError("refused", failed));
    }
  }
}
