package dev.vitrine.workflow.task;

import dev.vitrine.access.Requester;
import dev.vitrine.json.Wire;
import dev.vitrine.task.TaskInput;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One task run.
 *
 * @param retryOf the failed task whose input this is, and that this one names; null if none
 * @param atOnce whether an image that turns out to be small may be made within the first workflow
 *     task
 */
@Wire
public record TaskRequest(
    UUID taskId, TaskInput input, Requester by, @Nullable UUID retryOf, boolean atOnce) {

  /** One that repeats no other. */
  public TaskRequest(UUID taskId, TaskInput input, Requester by) {
    this(taskId, input, by, null);
  }

  /** One that may take its time. */
  public TaskRequest(UUID taskId, TaskInput input, Requester by, @Nullable UUID retryOf) {
    this(taskId, input, by, retryOf, false);
  }

  /** The same, at once if that can be. */
  public TaskRequest tryingAtOnce() {
    return new TaskRequest(taskId, input, by, retryOf, true);
  }
}
