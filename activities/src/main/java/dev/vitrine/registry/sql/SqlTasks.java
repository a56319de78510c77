package dev.vitrine.registry.sql;

import dev.vitrine.access.Relation;
import dev.vitrine.access.Requester;
import dev.vitrine.activity.Operation;
import dev.vitrine.database.Database;
import dev.vitrine.database.LostRace;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.lifecycle.Edge;
import dev.vitrine.listing.TaskQuery;
import dev.vitrine.registry.IdempotencyKey;
import dev.vitrine.registry.IdempotencyKey.Claim;
import dev.vitrine.registry.TaskRecords;
import dev.vitrine.registry.sql.history.HistorySubject;
import dev.vitrine.registry.sql.history.HistoryTable;
import dev.vitrine.task.Task;
import dev.vitrine.task.TaskEvent;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskLifecycle;
import dev.vitrine.task.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Tasks in the database, as they are asked for and listed. */
record SqlTasks(Database database, Duration keyTimeToLive, Limits limits) implements TaskRecords {

  @Override
  public void requireAcceptable(TaskInput input) {
    limits.requireInput(input);
  }

  @Override
  public void requireRoom(String project) {
    int most = limits.tasks();
    if (most > 0
        && database.read("open tasks", handle -> new TasksTable(handle).open(project, most))
            >= most) {
      throw new Unavailable(
          "project %s has %d tasks that are not over, as many as it may; wait for one, or cancel it"
              .formatted(project, most));
    }
  }

  @Override
  public Claim claim(IdempotencyKey key, UUID taskId) {
    return database.transaction(
        "claim key",
        handle -> new KeysTable(handle).claim(key, taskId, database.now(), keyTimeToLive));
  }

  @Override
  public Task create(Operation operation, UUID id, TaskInput input, Requester by) {
    limits.requireInput(input);
    return database.transaction(
        "create task", handle -> create(handle, operation, id, input, by, null));
  }

  @Override
  public Task retry(Operation operation, UUID id, UUID failedId, Requester by) {
    return database.transaction(
        "retry task",
        handle -> {
          Task failed = new TasksTable(handle).require(failedId);
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
    history.insert(operation, HistorySubject.TASK, id, by.project(), edge, now);
    return tasks.require(id);
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
        // Of one that is about to be made, its id is known when it is.
        input instanceof TaskInput.ImageImport in ? in.imageId() : null,
        null,
        now,
        now,
        null,
        1,
        retryOf,
        by.request());
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

  @Override
  public Optional<Task> find(UUID taskId) {
    return database.read("find task", handle -> new TasksTable(handle).find(taskId));
  }

  @Override
  public List<Task> list(TaskQuery query, Set<Relation> seen) {
    return database.read(
        "list tasks", handle -> new TaskListing(handle, database.now()).page(query, seen));
  }

  @Override
  public List<Task> ofImage(UUID imageId, Requester viewer, Set<Relation> seen) {
    return database.read(
        "tasks of image",
        handle -> new TaskListing(handle, database.now()).ofImage(imageId, viewer, seen));
  }
}
