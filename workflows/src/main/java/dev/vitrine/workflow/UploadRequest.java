package dev.vitrine.workflow;

import dev.vitrine.activity.Source;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.NewImage;
import dev.vitrine.image.Requester;
import dev.vitrine.json.Wire;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One upload.
 *
 * @param image registers the image first; null if it is registered already and {@code queued}
 * @param policy what becomes of the image if the upload fails; requeue if null
 * @param expected what is declared of the data
 * @param taskId the task on whose behalf it runs; null if none
 */
@Wire
public record UploadRequest(
    UUID imageId,
    @Nullable NewImage image,
    Source source,
    FailurePolicy policy,
    ExpectedData expected,
    Requester by,
    @Nullable UUID taskId) {

  @SuppressWarnings("ConstantValue")
  public UploadRequest {
    policy = policy == null ? FailurePolicy.REQUEUE : policy;
    expected = expected == null ? ExpectedData.NONE : expected;
    if (image != null && !image.id().equals(imageId)) {
      throw new Invalid("upload of image %s registers image %s".formatted(imageId, image.id()));
    }
    if (image != null && image.size() != null) {
      throw new Invalid(
          "image %s is declared to be empty: register it; there is nothing to upload"
              .formatted(imageId));
    }
  }
}
