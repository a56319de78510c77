package dev.vitrine.workflow.reader;

import dev.vitrine.access.Requester;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.workflow.WorkflowIds;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.UUID;

/**
 * Reads a task from the registry for clients of release 0.1, which start one for each look; later
 * ones ask the {@link RegistryReaderWorkflow}. Its id is {@link WorkflowIds#taskLookup}.
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
