package dev.vitrine.workflow.task;

import dev.vitrine.access.Requester;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.upload.UploadEndListener;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Runs one task of any type. Its id is {@link WorkflowIds#task}. */
@WorkflowInterface
public interface TaskWorkflow {

  /**
   * Runs the task.
   *
   * @return the task as it ended, {@code success} or {@code failure}. Only a task whose id is taken
   *     ends as a failed workflow; then nothing changed.
   */
  @WorkflowMethod(name = "Task")
  TaskSummary run(TaskRequest request);

  /**
   * Stops the task: it ends in {@code failure} with a message that says who and when, and its
   * half-done data is discarded. Without effect once its outcome is settled.
   */
  @SignalMethod
  void cancel(Requester by);

  /**
   * Stops the upload of the image that the task makes, because the image was deleted; the task then
   * ends as its failure says. Without effect but for the answer if none is going on.
   *
   * @param deletionWorkflowId told by {@link UploadEndListener#uploadEnded} when it is over
   */
  @SignalMethod
  void delete(Requester by, String deletionWorkflowId);

  /** The task as this execution knows it; fails before it is {@code pending}. */
  @QueryMethod
  TaskSummary task();
}
