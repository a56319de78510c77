package dev.vitrine.guard;

import dev.vitrine.access.Requester;
import dev.vitrine.access.TaskAccess;
import dev.vitrine.activity.Operation;
import dev.vitrine.listing.TaskQuery;
import dev.vitrine.registry.IdempotencyKey;
import dev.vitrine.registry.TaskRecords;
import dev.vitrine.task.Task;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Tasks as a requester may have them: who may do it, then the registry. It is the only way to tasks
 * for whatever is done on somebody's behalf. Safe for use by many threads. Every method throws a
 * {@link dev.vitrine.error.VitrineException}: the refusal of {@link TaskAccess}, or the registry's.
 */
public final class GuardedTasks {

  private final TaskRecords tasks;
  private final TaskAccess access;

  public GuardedTasks(TaskRecords tasks, TaskAccess access) {
    this.tasks = tasks;
    this.access = access;
  }

  /** Requires that the requester may have such a task made, before it is. */
  public void requireAcceptable(TaskInput input, Requester by) {
    requireCreate(input, by);
    tasks.requireAcceptable(input);
  }

  /** Data elsewhere is given by whoever may give it, services for example: the image is asked. */
  private void requireCreate(TaskInput input, Requester by) {
    if (input.taskType() == TaskType.LOCATION_IMPORT) {
      TaskAccess.requireProject(by);
    } else {
      access.requireCreate(by);
    }
  }

  /** Requires that the requester's project may have one more, before it is started. */
  public void requireRoom(Requester by) {
    tasks.requireRoom(by.project());
  }

  /** As {@link TaskRecords#claim}: the id of the task that the key stands for. */
  public UUID claim(IdempotencyKey key, UUID id, Requester by) {
    access.requireCreate(by);
    return tasks.claim(key, id).subject();
  }

  /** Reserves the id of a task of the requester's project. */
  public Task create(Operation operation, UUID id, TaskInput input, Requester by) {
    requireCreate(input, by);
    return tasks.create(operation, id, input, by);
  }

  /** The same for a task that does again what one that failed did, which the requester may see. */
  public Task retry(Operation operation, UUID id, UUID failedId, Requester by) {
    access.requireCreate(by);
    require(failedId, by);
    return tasks.retry(operation, id, failedId, by);
  }

  /** The task; empty if there is none that the requester may see. */
  public Optional<Task> find(UUID id, Requester by) {
    return tasks.find(id).filter(task -> access.maySee(task, by));
  }

  /** The task; not found if there is none that the requester may see. */
  public Task require(UUID id, Requester by) {
    return find(id, by).orElseThrow(() -> TaskAccess.notFound(id));
  }

  /** The task, if the requester may end it. */
  public Task requireToCancel(UUID id, Requester by) {
    Task task = require(id, by);
    access.requireCancel(task, by);
    return task;
  }

  /** One page of those that the viewer may see. */
  public List<Task> list(TaskQuery query) {
    return tasks.list(query, access.requireList(query.viewer()));
  }

  /**
   * Those that are about an image, have not expired, and may be seen by the requester, who is known
   * to see the image; the newest of them, newest first.
   */
  public List<Task> ofImage(UUID imageId, Requester by) {
    return tasks.ofImage(imageId, by, access.visible(by));
  }
}
