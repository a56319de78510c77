package dev.vitrine.workflow.upload;

import dev.vitrine.access.Requester;
import dev.vitrine.workflow.WorkflowIds;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Brings one image's data in: {@code saving}, transfer, {@code active}; on failure discard, then
 * {@code queued} or {@code killed}. Its id is {@link WorkflowIds#upload}, so one upload at a time
 * holds an image.
 */
@WorkflowInterface
public interface ImageUploadWorkflow {

  /**
   * Runs the upload.
   *
   * @return how it ended. Only a request that is refused before the image is {@code saving}
   *     (conflict, not found, forbidden, invalid) ends as a failed workflow; then nothing changed.
   */
  @WorkflowMethod(name = "ImageUpload")
  UploadResult upload(UploadRequest request);

  /**
   * Stops the transfer; the image ends by the failure policy. Without effect once the data is in.
   */
  @SignalMethod
  void cancel(Requester by);

  /**
   * Stops the transfer, discards the data and deletes the image. Once the data is in, it only tells
   * the deletion how the upload ended.
   *
   * @param deletionWorkflowId told by {@link UploadEndListener#uploadEnded} when it is over
   */
  @SignalMethod
  void delete(Requester by, String deletionWorkflowId);
}
