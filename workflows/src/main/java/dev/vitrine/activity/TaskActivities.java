package dev.vitrine.activity;

import dev.vitrine.access.Requester;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskSummary;
import io.temporal.activity.ActivityInterface;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes and reads of tasks in the registry. Short; meant as local activities. Idempotent by
 * {@link Operation#id}, with errors as in {@link ImageActivities}.
 */
@ActivityInterface
public interface TaskActivities {

  /**
   * Edge 1: reserves the id. A workflow that is run again gets its task as it is now.
   *
   * @param retryOf the failed task whose input this one has, and names; {@code Conflict} if it has
   *     not failed; null for none
   */
  TaskSummary createTask(
      Operation operation, UUID taskId, TaskInput input, Requester by, @Nullable UUID retryOf);

  /**
   * Edge 2; a task that is {@code processing} with that image already stays as it is. {@code
   * Invalid} if the task is to make an image and its input describes none.
   *
   * @param imageId the image the task is about: the one it reads or the one it is going to make
   */
  TaskSummary startTask(Operation operation, UUID taskId, UUID imageId);

  /** Edge 4. */
  TaskSummary succeedTask(Operation operation, UUID taskId, Map<String, Object> result);

  /**
   * Edge 3 or 5.
   *
   * @param imageId the image the task is about, if known
   */
  TaskSummary failTask(Operation operation, UUID taskId, @Nullable UUID imageId, String message);

  /** The task; {@code NotFound} if there is none or {@code by} may not see it. */
  TaskSummary requireTask(UUID taskId, Requester by);
}
