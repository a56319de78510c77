package dev.vitrine.access;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.task.Task;
import java.util.Set;
import java.util.UUID;

/**
 * Who may see, list, create and cancel a task. A task that a requester may not see is reported as
 * not found, in a list and by its id alike.
 */
public record TaskAccess(Permissions permissions) {

  /**
   * Requires that the requester may use the tasks API at all.
   *
   * @throws VitrineException forbidden
   */
  public void requireUse(Requester by) {
    require(ImageOperation.USE_TASKS_API, by);
  }

  /**
   * Requires that the requester may create tasks in their own project.
   *
   * @throws VitrineException forbidden: a role is missing, or there is no project to own the task
   */
  public void requireCreate(Requester by) {
    requireProject(by);
    require(ImageOperation.CREATE_TASK, by);
  }

  /**
   * Requires that there is a project to own a task of the requester's.
   *
   * @throws VitrineException forbidden
   */
  public static void requireProject(Requester by) {
    if (by.system()) {
      throw new Forbidden(
          "create task by %s is forbidden: a task belongs to a project, and a token for the system names none; get a token for the project"
              .formatted(by.display()));
    }
  }

  /** Whether the requester may know of the task. */
  public boolean maySee(Task task, Requester by) {
    return permissions.allow(ImageOperation.SHOW_TASK, by, Relation.of(task.owner(), by));
  }

  /**
   * Requires that the requester, who may see the task, may end it as well: whoever may create tasks
   * in its project.
   *
   * @throws VitrineException not found, or forbidden
   */
  public void requireCancel(Task task, Requester by) {
    if (!maySee(task, by)) {
      throw notFound(task.id());
    }
    Relation relation = Relation.of(task.owner(), by);
    if (!permissions.allow(ImageOperation.CREATE_TASK, by, relation)) {
      throw new Forbidden(
          "task %s of project %s: cancel by %s is forbidden; it takes %s"
              .formatted(
                  task.id(),
                  task.owner(),
                  by.displayWithScope(),
                  permissions.takes(ImageOperation.CREATE_TASK, task.owner())));
    }
  }

  /**
   * What the tasks that the requester may see are to them.
   *
   * @throws VitrineException forbidden, if there can be none
   */
  public Set<Relation> requireList(Requester by) {
    require(ImageOperation.SHOW_TASK, by);
    return visible(by);
  }

  /** What the tasks that the requester may see are to them; none for whoever sees none. */
  public Set<Relation> visible(Requester by) {
    return permissions.relations(ImageOperation.SHOW_TASK, by);
  }

  private void require(ImageOperation operation, Requester by) {
    ImageAccess.require(permissions, operation, by);
  }

  /** There is no such task. */
  public static NotFound notFound(UUID id) {
    return new NotFound("task %s was not found; check the id and the project".formatted(id));
  }
}
