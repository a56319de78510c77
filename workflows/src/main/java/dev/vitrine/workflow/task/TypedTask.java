package dev.vitrine.workflow.task;

import dev.vitrine.access.Requester;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is particular to a task's type: its check, its run, and the way back. */
interface TypedTask {

  /** The image that it reads or makes; known before it runs. */
  UUID imageId();

  /**
   * Checks what can be checked before it runs.
   *
   * @throws io.temporal.failure.TemporalFailure if it can't run
   */
  void admit();

  /**
   * Does what the task is for.
   *
   * @return the task's result
   * @throws io.temporal.failure.TemporalFailure if it can't be done
   */
  Map<String, Object> run();

  /** How many bytes it moved; null as long as none. */
  @Nullable Long moved();

  /** How many attempts that took; null if it was not counted. */
  @Nullable Integer attempts();

  /**
   * Its image was deleted. Stops the upload, if one goes on, and has its end told.
   *
   * @param deletionWorkflowId that waits for it
   */
  void stopUpload(Requester by, String deletionWorkflowId);

  /** Removes whatever a run that failed or was stopped has left. Called uncancelled, once. */
  void compensate();
}
