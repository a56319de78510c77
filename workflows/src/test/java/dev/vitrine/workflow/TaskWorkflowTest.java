package dev.vitrine.workflow;

import static dev.vitrine.workflow.TestStack.ADMIN;
import static dev.vitrine.workflow.TestStack.ALICE;
import static dev.vitrine.workflow.TestStack.newUpload;
import static dev.vitrine.workflow.TestStack.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Operation;
import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.task.TaskSummary;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
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
  void failsWithStepAttemptAndCauseAndDeletesTheImage() {
    stack.transfers.failNext(new SourceUnusable("GET http://source.example/image answered 404"));

    TaskSummary ended = run(IMPORT, ALICE);

    assertThat(ended.status()).isEqualTo(TaskStatus.FAILURE);
    assertThat(ended.message())
        .isEqualTo(
            "import of image %s: transfer, attempt 1: GET http://source.example/image answered 404"
                .formatted(ended.imageId()));
    assertThat(stack.registry.status(ended.imageId())).isEqualTo(ImageStatus.DELETED);
    assertThat(stack.registry.locations).isEmpty();
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
  void refusesExportAndCloneOfADeactivatedImageToANonAdminAndSaysWhy() {
    stack.registry.put(original, ImageStatus.DEACTIVATED, "acme", false);

    TaskSummary export = run(new TaskInput.Export(original, "file:///exports/a.raw"), ALICE);
    UUID second = UUID.randomUUID();
    TaskSummary clone =
        stack
            .task(second)
            .run(new TaskRequest(second, new TaskInput.Clone(original, Map.of()), ALICE));

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
  void refusesAnIdThatWasUsed() {
    run(IMPORT, ALICE);

    TaskWorkflow again = stack.task(taskId);
    assertThatThrownBy(() -> again.run(new TaskRequest(taskId, IMPORT, ALICE)))
        .hasStackTraceContaining("task " + taskId + " is success: create refused");
  }

  @Test
  void canBeLookedUpWhenItsExecutionIsGone() {
    stack.tasks.createTask(new Operation("c", "w", "r", "given"), taskId, IMPORT, ALICE);

    TaskSummary found =
        stack.stub(TaskLookupWorkflow.class, WorkflowIds.taskLookup(taskId)).find(taskId, ALICE);

    assertThat(found.status()).isEqualTo(TaskStatus.PENDING);
  }

  private TaskSummary run(TaskInput input, Requester by) {
    return task.run(new TaskRequest(taskId, input, by));
  }
}
