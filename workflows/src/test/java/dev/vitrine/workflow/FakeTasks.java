package dev.vitrine.workflow;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Operation;
import dev.vitrine.activity.TaskActivities;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.lifecycle.Decision;
import dev.vitrine.task.Task;
import dev.vitrine.task.TaskEvent;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskLifecycle;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.task.TaskSummary;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tasks in memory that keep to the lifecycle table. */
public final class FakeTasks implements TaskActivities {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  public final Map<UUID, Task> tasks = new LinkedHashMap<>();
  public boolean isUnproven;
  private final FakeDatabase database = new FakeDatabase();

  @Override
  public synchronized TaskSummary createTask(
      Operation operation, UUID taskId, TaskInput input, Requester by, @Nullable UUID retryOf) {
    return database.once(
        operation,
        () -> {
          Task task = tasks.get(taskId);
          if (task != null && task.input().equals(input) && task.owner().equals(by.project())) {
            return TaskSummary.of(task);
          }
          TaskStatus to = move(taskId, task == null ? null : task.status(), TaskEvent.CREATE);
          tasks.put(
              taskId,
              new Task(
                  taskId,
                  input.taskType(),
                  to,
                  input,
                  null,
                  null,
                  by.project(),
                  by.user(),
                  null,
                  null,
                  NOW,
                  NOW,
                  null,
                  1,
                  retryOf,
                  by.request()));
          return TaskSummary.of(tasks.get(taskId));
        });
  }

  @Override
  public synchronized TaskSummary startTask(Operation operation, UUID taskId, UUID imageId) {
    return database.once(
        operation,
        () -> {
          Task task = tasks.get(taskId);
          boolean started =
              task != null
                  && task.status() == TaskStatus.PROCESSING
                  && imageId.equals(task.imageId());
          return TaskSummary.of(
              started ? task : change(taskId, TaskEvent.START, imageId, null, null));
        });
  }

  @Override
  public synchronized TaskSummary succeedTask(
      Operation operation, UUID taskId, Map<String, Object> result) {
    return database.once(
        operation,
        () -> {
          if (isUnproven) {
            throw new Conflict("nothing proves it");
          }
          return TaskSummary.of(change(taskId, TaskEvent.SUCCEED, null, result, null));
        });
  }

  @Override
  public synchronized TaskSummary failTask(
      Operation operation, UUID taskId, @Nullable UUID imageId, String message) {
    return database.once(
        operation, () -> TaskSummary.of(change(taskId, TaskEvent.FAIL, imageId, null, message)));
  }

  @Override
  public synchronized TaskSummary requireTask(UUID taskId, Requester by) {
    Task task = tasks.get(taskId);
    if (task == null) {
      throw Failures.toTemporal(new NotFound("task %s was not found".formatted(taskId)));
    }
    return TaskSummary.of(task);
  }

  private TaskStatus move(UUID id, @Nullable TaskStatus from, TaskEvent event) {
    Decision<TaskStatus, TaskEvent> decision = TaskLifecycle.TABLE.decide(from, event);
    if (decision instanceof Decision.Move<TaskStatus, TaskEvent> move) {
      return move.edge().to();
    }
    throw new Conflict(
        TaskLifecycle.TABLE.explain(id, (Decision.Refusal<TaskStatus, TaskEvent>) decision));
  }

  private Task change(
      UUID id,
      TaskEvent event,
      @Nullable UUID imageId,
      @Nullable Map<String, Object> result,
      @Nullable String message) {
    Task old = tasks.get(id);
    if (old == null) {
      throw new NotFound("task " + id);
    }
    Task changed =
        new Task(
            id,
            old.type(),
            move(id, old.status(), event),
            old.input(),
            result,
            message,
            old.owner(),
            old.userId(),
            imageId == null ? old.imageId() : imageId,
            null,
            NOW,
            NOW,
            null,
            old.version() + 1,
            old.retryOf(),
            old.requestId());
    tasks.put(id, changed);
    return changed;
  }
}
