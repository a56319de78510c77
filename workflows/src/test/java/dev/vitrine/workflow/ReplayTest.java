package dev.vitrine.workflow;

import static dev.vitrine.workflow.TestStack.ALICE;
import static dev.vitrine.workflow.TestStack.failedUpload;
import static dev.vitrine.workflow.TestStack.newUpload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Finding;
import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.workflow.action.ImageAction;
import dev.vitrine.workflow.action.ImageActionWorkflow;
import dev.vitrine.workflow.deletion.DeletionRequest;
import dev.vitrine.workflow.reconciliation.ReconciliationRequest;
import dev.vitrine.workflow.reconciliation.ReconciliationWorkflow;
import dev.vitrine.workflow.registration.VitrineWorkflows;
import dev.vitrine.workflow.task.FailedTask;
import dev.vitrine.workflow.task.TaskRequest;
import dev.vitrine.workflow.task.TaskWorkflow;
import dev.vitrine.workflow.upload.ImageUploadWorkflow;
import dev.vitrine.workflow.upload.UploadRequest;
import dev.vitrine.workflow.upload.UploadResult;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Replays recorded histories: code that takes another turn than the one recorded fails here before
 * it meets a running workflow.
 */
@Timeout(120)
class ReplayTest {

  private static final Path RESOURCES = Path.of("src/test/resources/histories");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "upload-activated",
        "upload-requeued",
        "upload-deleted",
        "deletion-of-an-upload",
        "deletion-delayed",
        "task-import",
        "task-failed",
        "task-clone",
        "task-export",
        "task-cancelled",
        "action",
        "reconciliation"
      })
  void replays(String history) {
    try (TestWorkflowEnvironment server = TestWorkflowEnvironment.newInstance()) {
      Worker worker = server.newWorker(TaskQueues.FORMER.workflows());
      VitrineWorkflows.register(worker);
      assertThatCode(
              () ->
                  WorkflowReplayer.replayWorkflowExecutionFromResource(
                      "histories/" + history + ".json", worker))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void noticesAnotherTurn() {
    assertThatThrownBy(
            () ->
                WorkflowReplayer.replayWorkflowExecutionFromResource(
                    "histories/upload-activated.json", AnotherUpload.class))
        .hasStackTraceContaining("NonDeterministic");
  }

  /** An upload that forgot what the recorded one did. */
  public static final class AnotherUpload implements ImageUploadWorkflow {
    @Override
    public UploadResult upload(UploadRequest request) {
      Workflow.sleep(Duration.ofSeconds(1));
      throw new IllegalStateException("never gets here");
    }

    @Override
    public void cancel(Requester by) {}

    @Override
    public void delete(Requester by, String deletionWorkflowId) {}
  }

  /** Run with {@code -Dvitrine.record-histories=true} after a change that replaces workflows. */
  @Test
  @EnabledIfSystemProperty(named = "vitrine.record-histories", matches = "true")
  void record() throws Exception {
    Files.createDirectories(RESOURCES);
    try (TestStack stack = new TestStack()) {
      UUID image = UUID.randomUUID();
      stack.upload(image).upload(newUpload(image, FailurePolicy.REQUEUE));
      save(stack, "upload-activated", WorkflowIds.upload(image));
      recordTask(stack, "task-clone", new TaskInput.Clone(image, Map.of("name", "copy")));
      recordTask(stack, "task-export", new TaskInput.Export(image, "file:///exports/a"));
      recordTask(
          stack, "task-import", new TaskInput.Import("http://source.example/x", "raw", Map.of()));

      UUID failing = UUID.randomUUID();
      stack.transfers.failNext(new SourceUnusable("the source answered 404"));
      failedUpload(() -> stack.upload(failing).upload(newUpload(failing, FailurePolicy.REQUEUE)));
      save(stack, "upload-requeued", WorkflowIds.upload(failing));
      stack.transfers.failNext(new SourceUnusable("the source answered 404"));
      recordTask(
          stack, "task-failed", new TaskInput.Import("http://source.example/x", "raw", Map.of()));

      ImageAction action = new ImageAction.Deactivate(image, TestStack.ADMIN);
      String actionId = WorkflowIds.action(image, action.verb());
      stack.stub(ImageActionWorkflow.class, actionId).act(action);
      save(stack, "action", actionId);
      stack.deletion(image).delete(new DeletionRequest(image, ALICE, Duration.ofHours(1)));
      save(stack, "deletion-delayed", WorkflowIds.deletion(image));

      UUID lost = UUID.randomUUID();
      stack.registry.put(lost, ImageStatus.SAVING, "acme", false);
      stack.findings.add(
          new Finding(
              Finding.Kind.ABANDONED_UPLOAD,
              lost,
              null,
              null,
              FailurePolicy.REQUEUE,
              "lost",
              null));
      stack
          .stub(ReconciliationWorkflow.class, WorkflowIds.reconciliation(TestStack.INSTALLATION))
          .reconcile(ReconciliationRequest.once(Duration.ofMinutes(1)));
      save(stack, "reconciliation", WorkflowIds.reconciliation(TestStack.INSTALLATION));
    }
    recordStopped();
  }

  private static void recordStopped() throws Exception {
    try (TestStack stack = new TestStack()) {
      UUID image = UUID.randomUUID();
      stack.transfers.hang = true;
      ImageUploadWorkflow upload = stack.upload(image);
      WorkflowClient.start(upload::upload, newUpload(image, FailurePolicy.REQUEUE));
      stack.transfers.hanging.await();
      stack.deletion(image).delete(new DeletionRequest(image, ALICE, Duration.ZERO));
      TestStack.result(upload, UploadResult.class);
      save(stack, "upload-deleted", WorkflowIds.upload(image));
      save(stack, "deletion-of-an-upload", WorkflowIds.deletion(image));
    }
    try (TestStack stack = new TestStack()) {
      UUID id = UUID.randomUUID();
      stack.transfers.hang = true;
      TaskWorkflow task = stack.task(id);
      TaskInput input = new TaskInput.Import("http://source.example/x", "raw", Map.of());
      WorkflowClient.start(task::run, new TaskRequest(id, input, ALICE));
      stack.transfers.hanging.await();
      task.cancel(ALICE);
      TestStack.result(task, TaskSummary.class);
      save(stack, "task-cancelled", WorkflowIds.task(id));
    }
  }

  private static void recordTask(TestStack stack, String name, TaskInput input) throws IOException {
    UUID id = UUID.randomUUID();
    try {
      stack.task(id).run(new TaskRequest(id, input, ALICE));
    } catch (WorkflowFailedException failed) {
      assertThat(FailedTask.task(failed)).isPresent();
    }
    save(stack, name, WorkflowIds.task(id));
  }

  private static void save(TestStack stack, String name, String workflowId) throws IOException {
    WorkflowExecutionHistory history = stack.client().fetchHistory(workflowId);
    Files.writeString(RESOURCES.resolve(name + ".json"), history.toJson(true));
  }
}
