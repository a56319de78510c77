package dev.vitrine.fake;

import dev.vitrine.access.Requester;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.ImageUploads;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.task.TaskSubject;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.workflow.reader.RegistryReaderWorkflow;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A reader of a registry that knows of no upload, and of one task: {@link #FORGOTTEN}, which failed
 * and whose execution the server forgot.
 */
public final class FakeReader implements RegistryReaderWorkflow {

  public static final UUID FORGOTTEN = UUID.fromString("f0f0f0f0-0000-4000-8000-000000000001");

  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

  @Override
  public void serve() {
    Workflow.await(() -> false);
  }

  @Override
  public ImageUploads uploads(UUID imageId) {
    throw Failures.toTemporal(new NotFound("image %s was not found".formatted(imageId)));
  }

  @Override
  public TaskSummary findTask(UUID taskId, Requester by) {
    if (!taskId.equals(FORGOTTEN)) {
      throw Failures.toTemporal(new NotFound("task %s was not found".formatted(taskId)));
    }
    TaskInput input = new TaskInput.Import("http://source.example/x", "raw", Map.of());
    return new TaskSummary(
        taskId,
        input.taskType(),
        TaskStatus.FAILURE,
        TaskSubject.of(input),
        null,
        "its workflow is unknown to the server; start it again",
        by.project(),
        by.user(),
        null,
        null,
        THEN,
        THEN,
        THEN,
        null);
  }
}
