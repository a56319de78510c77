package dev.vitrine.workflow;

import static dev.vitrine.workflow.TestStack.ALICE;
import static dev.vitrine.workflow.TestStack.failedUpload;
import static dev.vitrine.workflow.TestStack.newUpload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.activity.Finding;
import dev.vitrine.activity.Source;
import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImportMethod;
import dev.vitrine.image.NewImage;
import dev.vitrine.task.ImportRequest;
import dev.vitrine.task.ImportVia;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.workflow.action.ImageAction;
import dev.vitrine.workflow.action.ImageActionWorkflow;
import dev.vitrine.workflow.deletion.DeletionRequest;
import dev.vitrine.workflow.deletion.DeletionResult;
import dev.vitrine.workflow.deletion.ImageDeletionWorkflow;
import dev.vitrine.workflow.reader.RegistryReaderWorkflow;
import dev.vitrine.workflow.reconciliation.ReconciliationRequest;
import dev.vitrine.workflow.reconciliation.ReconciliationWorkflow;
import dev.vitrine.workflow.task.FailedTask;
import dev.vitrine.workflow.task.TaskRequest;
import dev.vitrine.workflow.task.TaskWorkflow;
import dev.vitrine.workflow.upload.ImageUploadWorkflow;
import dev.vitrine.workflow.upload.UploadRequest;
import dev.vitrine.workflow.upload.UploadResult;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Records what every kind of execution looks like at present, ended or under way, for the next
 * release to replay. Run at each release, with its version as {@code -Dvitrine.record-histories}.
 */
@Timeout(120)
@EnabledIfSystemProperty(named = "vitrine.record-histories", matches = ".+")
class HistoryRecording {

  private static final String STREAMS = "vitrine-stream/recorded";

  private final RecordedHistories histories;

  HistoryRecording() throws IOException {
    histories =
        RecordedHistories.begin(
            RecordedHistories.ROOT, System.getProperty("vitrine.record-histories"));
  }

  @Test
  void record() throws Exception {
    recordEnded();
    recordStoppedUpload();
    recordStoppedTask();
    recordStream();
    recordScrubTime();
    recordImports();
    histories.write();
  }

  private void recordEnded() {
    try (TestStack stack = new TestStack()) {
      UUID image = UUID.randomUUID();
      stack.upload(image).upload(newUpload(image, FailurePolicy.REQUEUE));
      save(stack, "upload-activated", WorkflowIds.upload(image));
      recordTask(stack, "task-clone", new TaskInput.Clone(image, Map.of("name", "copy")));
      recordTask(stack, "task-export", new TaskInput.Export(image, "file:///exports/a"));
      recordTask(stack, "task-import", importing());

      UUID failing = UUID.randomUUID();
      stack.transfers.failNext(new SourceUnusable("the source answered 404"));
      failedUpload(() -> stack.upload(failing).upload(newUpload(failing, FailurePolicy.REQUEUE)));
      save(stack, "upload-requeued", WorkflowIds.upload(failing));
      stack.transfers.failNext(new SourceUnusable("the source answered 404"));
      recordTask(stack, "task-failed", importing());

      ImageAction action = new ImageAction.Deactivate(image, TestStack.ADMIN);
      String actionId = WorkflowIds.action(image, action.verb());
      stack.stub(ImageActionWorkflow.class, actionId).act(action);
      save(stack, "action", actionId);

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
      String pass = WorkflowIds.reconciliation(TestStack.INSTALLATION);
      stack
          .stub(ReconciliationWorkflow.class, pass)
          .reconcile(ReconciliationRequest.once(Duration.ofMinutes(1)));
      save(stack, "reconciliation", pass);

      RegistryReaderWorkflow reader =
          stack.stub(RegistryReaderWorkflow.class, WorkflowIds.reader(TestStack.QUEUES));
      WorkflowClient.start(reader::serve);
      assertThat(reader.uploads(image).begun()).isEqualTo(1);
      save(stack, "reader-under-way", WorkflowIds.reader(TestStack.QUEUES));
    }
  }

  private void recordStoppedUpload() throws Exception {
    try (TestStack stack = new TestStack()) {
      UUID image = UUID.randomUUID();
      stack.transfers.hang = true;
      ImageUploadWorkflow upload = stack.upload(image);
      WorkflowClient.start(upload::upload, newUpload(image, FailurePolicy.REQUEUE));
      stack.transfers.hanging.await();
      save(stack, "upload-under-way", WorkflowIds.upload(image));
      stack.deletion(image).delete(new DeletionRequest(image, ALICE, Duration.ZERO));
      TestStack.result(upload, UploadResult.class);
      save(stack, "upload-deleted", WorkflowIds.upload(image));
      save(stack, "deletion-of-an-upload", WorkflowIds.deletion(image));
    }
  }

  private void recordStoppedTask() throws Exception {
    try (TestStack stack = new TestStack()) {
      UUID id = UUID.randomUUID();
      stack.transfers.hang = true;
      TaskWorkflow task = stack.task(id);
      WorkflowClient.start(task::run, new TaskRequest(id, importing(), ALICE));
      stack.transfers.hanging.await();
      save(stack, "task-under-way", WorkflowIds.task(id));
      task.cancel(ALICE);
      TestStack.result(task, TaskSummary.class);
      save(stack, "task-cancelled", WorkflowIds.task(id));
    }
  }

  private void recordStream() throws Exception {
    try (TestStack stack = new TestStack()) {
      WorkerFactory holder = WorkerFactory.newInstance(stack.client());
      holder.newWorker(STREAMS).registerActivitiesImplementations(stack.transfers);
      holder.start();
      UUID image = UUID.randomUUID();
      stack.transfers.hang = true;
      ImageUploadWorkflow upload = stack.upload(image);
      WorkflowClient.start(
          upload::upload,
          new UploadRequest(
              image,
              NewImage.of(image, "acme"),
              new Source.HeldStream(STREAMS, "handle"),
              FailurePolicy.REQUEUE,
              ExpectedData.NONE,
              ALICE,
              null));
      stack.transfers.hanging.await();
      save(stack, "stream-under-way", WorkflowIds.upload(image));
      stack.transfers.hang = false;
      TestStack.result(upload, UploadResult.class);
      save(stack, "stream-activated", WorkflowIds.upload(image));
      holder.shutdownNow();
    }
  }

  private void recordScrubTime() {
    try (TestStack stack = new TestStack()) {
      UUID image = UUID.randomUUID();
      stack.upload(image).upload(newUpload(image, FailurePolicy.REQUEUE));
      ImageDeletionWorkflow deletion = stack.deletion(image);
      WorkflowClient.start(deletion::delete, new DeletionRequest(image, ALICE, Duration.ofDays(3)));
      assertThat(deletion.awaitDeleted(ALICE).status()).isEqualTo(ImageStatus.PENDING_DELETE);
      save(stack, "deletion-under-way", WorkflowIds.deletion(image));
      TestStack.result(deletion, DeletionResult.class);
      save(stack, "deletion-delayed", WorkflowIds.deletion(image));
    }
  }

  private void recordImports() throws Exception {
    try (TestStack stack = new TestStack()) {
      UUID image = UUID.randomUUID();
      stack.registry.put(image, ImageStatus.QUEUED, "acme", false);
      stack
          .upload(image)
          .upload(
              UploadRequest.ofQueued(image, new Source.Url("http://source.example/x"), ALICE)
                  .staging());
      save(stack, "stage", WorkflowIds.upload(image));
      ImportVia staged = ImportVia.of(ImportMethod.GLANCE_DIRECT);
      recordTask(stack, "import-of-a-stage", into(image, staged, "a", "fake"));
      ImportVia copies = ImportVia.of(ImportMethod.COPY_IMAGE);
      recordTask(stack, "import-of-copies", into(image, copies, "b", "c"));

      UUID failing = UUID.randomUUID();
      stack.registry.put(failing, ImageStatus.QUEUED, "acme", false);
      ImportVia web = ImportVia.webDownload("http://source.example/x");
      stack.transfers.failNext(new SourceUnusable("the source answered 404"));
      recordTask(stack, "import-failed", into(failing, web, "a", "b"));

      stack.transfers.hang = true;
      UUID id = UUID.randomUUID();
      TaskWorkflow task = stack.task(id);
      WorkflowClient.start(task::run, new TaskRequest(id, into(failing, web, "a", "b"), ALICE));
      stack.transfers.hanging.await();
      save(stack, "import-under-way", WorkflowIds.task(id));
      task.cancel(ALICE);
      TestStack.result(task, TaskSummary.class);
      save(stack, "import-cancelled", WorkflowIds.task(id));
    }
  }

  private static TaskInput into(UUID image, ImportVia via, String... stores) {
    return new TaskInput.ImageImport(image, ImportRequest.of(via), List.of(stores));
  }

  private static TaskInput importing() {
    return new TaskInput.Import("http://source.example/x", "raw", Map.of());
  }

  private void recordTask(TestStack stack, String name, TaskInput input) {
    UUID id = UUID.randomUUID();
    try {
      stack.task(id).run(new TaskRequest(id, input, ALICE));
    } catch (WorkflowFailedException failed) {
      assertThat(FailedTask.task(failed)).isPresent();
    }
    save(stack, name, WorkflowIds.task(id));
  }

  private void save(TestStack stack, String name, String workflowId) {
    histories.add(name, stack.client().fetchHistory(workflowId));
  }
}
