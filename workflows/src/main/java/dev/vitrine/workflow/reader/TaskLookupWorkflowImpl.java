package dev.vitrine.workflow.reader;

import dev.vitrine.access.Requester;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.workflow.RegistrySteps;
import java.util.UUID;

/** The look-up: one read. */
public final class TaskLookupWorkflowImpl implements TaskLookupWorkflow {

  private final RegistrySteps registry = new RegistrySteps();

  @Override
  public TaskSummary find(UUID taskId, Requester by) {
    return registry.tasks(tasks -> tasks.requireTask(taskId, by));
  }
}
