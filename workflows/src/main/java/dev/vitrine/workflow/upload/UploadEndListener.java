package dev.vitrine.workflow.upload;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;

/** A workflow that stops an upload and waits for its end. */
@WorkflowInterface
public interface UploadEndListener {

  /** Says that the upload it stopped is over. Without effect if it stopped none. */
  @SignalMethod
  void uploadEnded();
}
