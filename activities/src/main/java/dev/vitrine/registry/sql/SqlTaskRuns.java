package dev.vitrine.registry.sql;

import dev.vitrine.activity.Operation;
import dev.vitrine.database.Database;
import dev.vitrine.database.LostRace;
import dev.vitrine.lifecycle.Edge;
import dev.vitrine.registry.TaskRuns;
import dev.vitrine.registry.sql.history.HistorySubject;
import dev.vitrine.registry.sql.history.HistoryTable;
import dev.vitrine.task.Task;
import dev.vitrine.task.TaskEvent;
import dev.vitrine.task.TaskLifecycle;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.text.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The edges of a task that is carried out, each in one transaction, as those of an image. */
record SqlTaskRuns(Database database, Duration timeToLive) implements TaskRuns {

  @Override
  public Optional<Task> find(UUID taskId) {
    return database.read("find task of run", handle -> new TasksTable(handle).find(taskId));
  }

  @Override
  public Task start(Operation operation, UUID id, UUID imageId) {
    return database.transaction(
        "start task",
        handle -> {
          Task task = new TasksTable(handle).require(id);
          boolean started =
              task.status() == TaskStatus.PROCESSING && imageId.equals(task.imageId());
          return started
              ? task
              : change(
                  handle, operation, task, TaskEvent.START, now -> TaskOutcome.started(imageId));
        });
  }

  @Override
  public Task succeed(Operation operation, UUID id, Map<String, Object> result) {
    return database.transaction(
        "succeed task",
        handle -> {
          Task task = new TasksTable(handle).require(id);
          if (task.status() == TaskStatus.PROCESSING) {
            new TaskProof(handle).require(task);
          }
          return change(
              handle,
              operation,
              task,
              TaskEvent.SUCCEED,
              now -> TaskOutcome.succeeded(result, now.plus(timeToLive)));
        });
  }

  @Override
  public Task fail(Operation operation, UUID id, @Nullable UUID imageId, String message) {
    return database.transaction(
        "fail task",
        handle ->
            change(
                handle,
                operation,
                new TasksTable(handle).require(id),
                TaskEvent.FAIL,
                now ->
                    TaskOutcome.failed(Printable.escape(message), imageId, now.plus(timeToLive))));
  }

  private Task change(
      Handle handle,
      Operation operation,
      Task task,
      TaskEvent event,
      Function<Instant, TaskOutcome> outcome) {
    UUID id = task.id();
    HistoryTable history = new HistoryTable(handle);
    if (history.has(operation, HistorySubject.TASK, id)) {
      return task;
    }
    Optional<Edge<TaskStatus, TaskEvent>> edge =
        Transitions.require(TaskLifecycle.TABLE, id, task.status(), event);
    if (edge.isEmpty()) {
      return task;
    }
    Instant now = database.now();
    if (!new TasksTable(handle).move(task, edge.get().to(), outcome.apply(now), now)) {
      throw new LostRace("task %s was changed at the same time".formatted(id));
    }
    history.insert(operation, HistorySubject.TASK, id, task.owner(), edge.get(), now);
    return new TasksTable(handle).require(id);
  }
}
