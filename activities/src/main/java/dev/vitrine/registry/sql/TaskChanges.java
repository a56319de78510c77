package dev.vitrine.registry.sql;

import dev.vitrine.access.Requester;
import dev.vitrine.access.TaskAccess;
import dev.vitrine.activity.Operation;
import dev.vitrine.database.Database;
import dev.vitrine.database.LostRace;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.lifecycle.Edge;
import dev.vitrine.task.Progress;
import dev.vitrine.task.Task;
import dev.vitrine.task.TaskEvent;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskLifecycle;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.text.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The edges of a task, each in one transaction, as those of an image. */
record TaskChanges(Database database, Duration timeToLive) {

  Task create(Operation operation, UUID id, TaskInput input, Requester by) {
    return database.write(handle -> create(handle, operation, id, input, by, null));
  }

  Task retry(Operation operation, UUID id, UUID failedId, Requester by) {
    return database.write(
        handle -> {
          Task failed = require(handle, failedId);
          failed.requireRetryable();
          return create(handle, operation, id, failed.input(), by, failedId);
        });
  }

  private Task create(
      Handle handle,
      Operation operation,
      UUID id,
      TaskInput input,
      Requester by,
      @Nullable UUID retryOf) {
    TasksTable tasks = new TasksTable(handle);
    HistoryTable history = new HistoryTable(handle);
    Optional<Task> existing = tasks.find(id);
    if (existing.isPresent()
        && (history.has(operation, HistorySubject.TASK, id)
            || isTheSame(existing.get(), input, by, retryOf))) {
      return existing.get();
    }
    TaskStatus from = existing.map(Task::status).orElse(null);
    Edge<TaskStatus, TaskEvent> edge =
        Transitions.require(TaskLifecycle.TABLE, id, from, TaskEvent.CREATE).orElseThrow();
    Instant now = database.now();
    reserve(handle, id, now);
    tasks.insert(fresh(id, input, by, edge.to(), now, retryOf));
    history.insert(operation, HistorySubject.TASK, id, edge, now);
    return require(handle, id);
  }

  /** Whoever asks for it is then a workflow of this task that is run again. */
  private static boolean isTheSame(
      Task task, TaskInput input, Requester by, @Nullable UUID retryOf) {
    return task.input().equals(input)
        && task.owner().equals(by.project())
        && task.userId().equals(by.user())
        && Objects.equals(task.retryOf(), retryOf);
  }

  private static Task fresh(
      UUID id,
      TaskInput input,
      Requester by,
      TaskStatus status,
      Instant now,
      @Nullable UUID retryOf) {
    return new Task(
        id,
        input.taskType(),
        status,
        input,
        null,
        null,
        by.project(),
        by.user(),
        null,
        null,
        now,
        now,
        null,
        1,
        retryOf);
  }

  private static void reserve(Handle handle, UUID id, Instant now) {
    if (new ReservedIdsTable(handle).insert(HistorySubject.TASK, id, now)) {
      return;
    }
    if (new TasksTable(handle).find(id).isPresent()) {
      throw new LostRace("task %s was created by another at the same time".formatted(id));
    }
    throw new Conflict(
        "task %s: the id belonged to a task that has expired, and stays reserved; choose another"
            .formatted(id));
  }

  Task start(Operation operation, UUID id, UUID imageId) {
    return database.write(
        handle -> {
          Task task = require(handle, id);
          boolean started =
              task.status() == TaskStatus.PROCESSING && imageId.equals(task.imageId());
          return started
              ? task
              : change(
                  handle, operation, task, TaskEvent.START, now -> TaskOutcome.started(imageId));
        });
  }

  Task succeed(Operation operation, UUID id, Map<String, Object> result) {
    return database.write(
        handle -> {
          Task task = require(handle, id);
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

  void recordExported(UUID id) {
    database.write(
        handle -> {
          new TasksTable(handle).recordExported(id);
          return id;
        });
  }

  Task fail(Operation operation, UUID id, @Nullable UUID imageId, String message) {
    return change(
        operation,
        id,
        TaskEvent.FAIL,
        now -> TaskOutcome.failed(Printable.escape(message), imageId, now.plus(timeToLive)));
  }

  void recordProgress(UUID id, Progress progress) {
    database.write(
        handle -> {
          new TasksTable(handle).recordProgress(id, progress, database.now());
          return id;
        });
  }

  private Task change(
      Operation operation, UUID id, TaskEvent event, Function<Instant, TaskOutcome> outcome) {
    return database.write(handle -> change(handle, operation, require(handle, id), event, outcome));
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
    history.insert(operation, HistorySubject.TASK, id, edge.get(), now);
    return require(handle, id);
  }

  private static Task require(Handle handle, UUID id) {
    return new TasksTable(handle).find(id).orElseThrow(() -> TaskAccess.notFound(id));
  }
}
