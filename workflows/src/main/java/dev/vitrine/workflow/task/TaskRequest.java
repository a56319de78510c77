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
 */
@Wire
public record TaskRequest(UUID taskId, TaskInput input, Requester by, @Nullable UUID retryOf) {

  /** One that repeats no other. */
  public TaskRequest(UUID taskId, TaskInput input, Requester by) {
    this(taskId, input, by, null);
  }
}
