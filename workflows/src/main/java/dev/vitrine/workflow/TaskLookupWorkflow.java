package dev.vitrine.workflow;

import dev.vitrine.access.Requester;
import dev.vitrine.task.TaskSummary;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.UUID;

/**
 * Reads a task from the registry, for clients that have no other way to it. The task's own
 * execution answers cheaper, but a server forgets executions long before, or at once, as the
 * in-memory one does. Its id is {@link WorkflowIds#taskLookup}.
 */
@WorkflowInterface
public interface TaskLookupWorkflow {

  /**
   * Reads it.
   *
   * @return the task; a failed workflow if there is none, or {@code by} may not see it
   */
  @WorkflowMethod(name = "TaskLookup")
  TaskSummary find(UUID taskId, Requester by);
}
