package dev.vitrine.workflow.task;

import dev.vitrine.task.TaskSummary;
import dev.vitrine.workflow.ResultInFailure;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The failure with which a task that failed ends its execution; its detail is the task. */
public final class FailedTask {

  /** Its type. */
  public static final String TYPE = "TaskFailed";

  private FailedTask() {}

  static ApplicationFailure of(TaskSummary task) {
    String message = task.message() == null ? "the task failed" : task.message();
    return ResultInFailure.of(TYPE, message, task, null);
  }

  /** The task whose failure this is; empty if it is none of a task that failed. */
  public static Optional<TaskSummary> task(@Nullable Throwable failure) {
    return ResultInFailure.find(failure, TYPE, TaskSummary.class);
  }
}
