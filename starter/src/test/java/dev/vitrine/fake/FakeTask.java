package dev.vitrine.fake;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.ExportRequest;
import dev.vitrine.activity.Source;
import dev.vitrine.activity.TransferActivities;
import dev.vitrine.activity.Transferred;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.task.TaskSubject;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.task.FailedTask;
import dev.vitrine.workflow.task.TaskRequest;
import dev.vitrine.workflow.task.TaskWorkflow;
import dev.vitrine.workflow.upload.FailedUpload;
import dev.vitrine.workflow.upload.ImageUploadWorkflow;
import dev.vitrine.workflow.upload.UploadRequest;
import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task. An import runs a {@link FakeUpload} of its source and fails if that is {@code broken}; an
 * export is held until released or cancelled; a clone succeeds at once.
 */
public final class FakeTask implements TaskWorkflow {

  private @Nullable TaskSummary task;
  private @Nullable Requester cancelledBy;

  @Override
  public TaskSummary run(TaskRequest request) {
    TaskInput input = request.input();
    UUID image =
        input instanceof TaskInput.Export export ? export.imageId() : Workflow.randomUUID();
    task = task(request, TaskStatus.PROCESSING, image, null);
    String failure = null;
    if (input instanceof TaskInput.Import in) {
      failure = runImport(request, in, image);
    } else if (input instanceof TaskInput.Export out) {
      failure = runExport(request, out);
    }
    task = task(request, failure == null ? TaskStatus.SUCCESS : TaskStatus.FAILURE, image, failure);
    if (failure != null && cancelledBy == null) {
      throw FakeVitrine.failed(FailedTask.TYPE, task);
    }
    return task;
  }

  private static @Nullable String runImport(TaskRequest request, TaskInput.Import in, UUID image) {
    ImageUploadWorkflow upload =
        Workflow.newChildWorkflowStub(
            ImageUploadWorkflow.class,
            ChildWorkflowOptions.newBuilder().setWorkflowId(WorkflowIds.upload(image)).build());
    UploadRequest uploading =
        new UploadRequest(
            image,
            null,
            new Source.Url(in.importFrom()),
            FailurePolicy.REQUEUE,
            ExpectedData.NONE,
            request.by(),
            request.taskId());
    try {
      return upload.upload(uploading).message();
    } catch (ChildWorkflowFailure failed) {
      return FailedUpload.result(failed).orElseThrow(() -> failed).message();
    }
  }

  private @Nullable String runExport(TaskRequest request, TaskInput.Export out) {
    TransferActivities transfers =
        Workflow.newActivityStub(
            TransferActivities.class,
            ActivityOptions.newBuilder()
                .setTaskQueue(FakeVitrine.QUEUES.transfers())
                .setStartToCloseTimeout(Duration.ofHours(1))
                .build());
    Promise<Transferred> export =
        Async.function(
            transfers::exportImage,
            new ExportRequest(request.taskId(), out.imageId(), out.destination(), request.by()));
    Workflow.await(() -> export.isCompleted() || cancelledBy != null);
    return cancelledBy == null ? null : "cancelled by " + cancelledBy.display();
  }

  private static TaskSummary task(
      TaskRequest request, TaskStatus status, UUID image, @Nullable String message) {
    Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
    return new TaskSummary(
        request.taskId(),
        request.input().taskType(),
        status,
        TaskSubject.of(request.input()),
        status == TaskStatus.SUCCESS ? Map.of("image_id", image.toString()) : null,
        message,
        request.by().project(),
        request.by().user(),
        image,
        null,
        now,
        now,
        status.isFinal() ? now.plus(Duration.ofDays(2)) : null,
        request.retryOf());
  }

  @Override
  public void delete(Requester by, String deletionWorkflowId) {}

  @Override
  public void cancel(Requester by) {
    cancelledBy = by;
  }

  @Override
  public TaskSummary task() {
    if (task == null) {
      throw new IllegalStateException("not pending yet");
    }
    return task;
  }
}
