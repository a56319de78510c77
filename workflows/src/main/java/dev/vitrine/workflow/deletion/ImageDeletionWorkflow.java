package dev.vitrine.workflow.deletion;

import dev.vitrine.access.Requester;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.workflow.upload.UploadEndListener;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Deletes one image, from whatever status it is in, and removes its data: at once or after a scrub
 * time. May be started again at any point and goes on from the image's status. Its id is {@link
 * WorkflowIds#deletion}.
 */
@WorkflowInterface
public interface ImageDeletionWorkflow extends UploadEndListener {

  /**
   * Runs the deletion until no data is left, however long a store is down.
   *
   * @return what was removed. A deletion that is refused (not found, forbidden, protected) ends as
   *     a failed workflow; then nothing changed.
   */
  @WorkflowMethod(name = "ImageDeletion")
  DeletionResult delete(DeletionRequest request);

  /**
   * Waits until the image is {@code deleted} or {@code pending_delete}; its data may still be
   * there.
   *
   * @param by who asks, which may be another than who started the deletion: refused as a deletion
   *     of theirs would be
   * @return the image as it then is
   */
  @UpdateMethod
  ImageSummary awaitDeleted(Requester by);
}
