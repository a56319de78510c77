package dev.vitrine.workflow.reader;

import dev.vitrine.access.Requester;
import dev.vitrine.image.ImageUploads;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.workflow.RegistrySteps;
import io.temporal.workflow.Workflow;
import java.util.UUID;

/** The reader: a step in the registry for each update. */
public final class RegistryReaderWorkflowImpl implements RegistryReaderWorkflow {

  /** So many an execution; a server takes 2,000 updates of one at most. */
  static final int READS = 500;

  private final RegistrySteps registry = new RegistrySteps();
  private int reads;

  @Override
  public void serve() {
    Workflow.setCurrentDetails("- answers what clients without a registry ask");
    Workflow.await(() -> reads >= READS || Workflow.getInfo().isContinueAsNewSuggested());
    Workflow.await(Workflow::isEveryHandlerFinished);
    Workflow.continueAsNew();
  }

  @Override
  public TaskSummary findTask(UUID taskId, Requester by) {
    reads++;
    return registry.tasks(tasks -> tasks.requireTask(taskId, by));
  }

  @Override
  public ImageUploads uploads(UUID imageId) {
    reads++;
    return registry.images(images -> images.uploads(imageId));
  }
}
