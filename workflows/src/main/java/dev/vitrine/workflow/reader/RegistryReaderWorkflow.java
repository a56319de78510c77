package dev.vitrine.workflow.reader;

import dev.vitrine.access.Requester;
import dev.vitrine.image.ImageUploads;
import dev.vitrine.task.TaskSummary;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.UUID;

/**
 * Reads the registry for clients that have no other way to it. One execution, with the id {@link
 * WorkflowIds#reader}, answers all of them by updates, so that a read leaves no row in the list of
 * workflows; whoever reads first starts it.
 */
@WorkflowInterface
public interface RegistryReaderWorkflow {

  /** Answers, for ever; continues as new before its history gets long. */
  @WorkflowMethod(name = "RegistryReader")
  void serve();

  /**
   * Reads a task. Its own execution answers cheaper, but a server forgets executions long before,
   * or at once, as the in-memory one does.
   *
   * @return the task; {@code NotFound} if there is none, or {@code by} may not see it
   */
  @UpdateMethod
  TaskSummary findTask(UUID taskId, Requester by);

  /** How many uploads of an image have begun, and which workflow is the last one. */
  @UpdateMethod
  ImageUploads uploads(UUID imageId);
}
