package dev.vitrine.step;

import static dev.vitrine.error.Failures.carrying;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Operation;
import dev.vitrine.activity.TaskActivities;
import dev.vitrine.guard.GuardedTasks;
import dev.vitrine.registry.ImageLookup;
import dev.vitrine.registry.TaskRuns;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.task.TaskSummary;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The task activities on a registry. Safe for use by many threads. */
public final class TaskActivitiesImpl implements TaskActivities {

  private final TaskRuns runs;
  private final ImageLookup images;
  private final GuardedTasks tasks;

  /**
   * Activities on tasks.
   *
   * @param images asked for what a clone copies
   */
  public TaskActivitiesImpl(TaskRuns runs, ImageLookup images, GuardedTasks tasks) {
    this.runs = runs;
    this.images = images;
    this.tasks = tasks;
  }

  @Override
  public TaskSummary createTask(
      Operation operation, UUID taskId, TaskInput input, Requester by, @Nullable UUID retryOf) {
    return carrying(
        () ->
            TaskSummary.of(
                retryOf == null
                    ? tasks.create(operation, taskId, input, by)
                    : tasks.retry(operation, taskId, retryOf, by)));
  }

  @Override
  public TaskSummary startTask(Operation operation, UUID taskId, UUID imageId) {
    return carrying(
        () -> {
          runs.find(taskId)
              .filter(task -> task.status() == TaskStatus.PENDING && task.type().makesImage())
              .ifPresent(task -> new NewImageOfTask(images).describe(task, imageId));
          return TaskSummary.of(runs.start(operation, taskId, imageId));
        });
  }

  @Override
  public TaskSummary succeedTask(Operation operation, UUID taskId, Map<String, Object> result) {
    return carrying(() -> TaskSummary.of(runs.succeed(operation, taskId, result)));
  }

  @Override
  public TaskSummary failTask(
      Operation operation, UUID taskId, @Nullable UUID imageId, String message) {
    return carrying(() -> TaskSummary.of(runs.fail(operation, taskId, imageId, message)));
  }

  @Override
  public TaskSummary requireTask(UUID taskId, Requester by) {
    return carrying(() -> TaskSummary.of(tasks.require(taskId, by)));
  }
}
