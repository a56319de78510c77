package dev.vitrine.task;

import static dev.vitrine.task.TaskEvent.CREATE;
import static dev.vitrine.task.TaskEvent.FAIL;
import static dev.vitrine.task.TaskEvent.START;
import static dev.vitrine.task.TaskEvent.SUCCEED;
import static dev.vitrine.task.TaskStatus.FAILURE;
import static dev.vitrine.task.TaskStatus.PENDING;
import static dev.vitrine.task.TaskStatus.PROCESSING;
import static dev.vitrine.task.TaskStatus.SUCCESS;

import dev.vitrine.lifecycle.Edge;
import dev.vitrine.lifecycle.Lifecycle;
import java.util.List;
import java.util.Set;

/** The edges of a task's status. A cancelled task is a failure whose message says who and when. */
public final class TaskLifecycle {

  /** The table. Source: Glance's "Task Statuses". */
  public static final Lifecycle<TaskStatus, TaskEvent> TABLE =
      new Lifecycle<>(
          "task",
          List.of(
              new Edge<>(1, null, CREATE, PENDING, ""),
              new Edge<>(2, PENDING, START, PROCESSING, ""),
              new Edge<>(3, PENDING, FAIL, FAILURE, "refused or cancelled before it began"),
              new Edge<>(4, PROCESSING, SUCCEED, SUCCESS, "result recorded"),
              new Edge<>(5, PROCESSING, FAIL, FAILURE, "message recorded")),
          Set.of());

  private TaskLifecycle() {}
}
