package dev.vitrine.workflow.upload;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Source;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.Location;
import dev.vitrine.image.NewImage;
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
 * @param atOnce whether the data is little and at hand, so that it may be uploaded within the first
 *     workflow task
 * @param begun the location of an upload that the task has begun itself, and this one goes on with;
 *     null if none
 * @param stage whether the data is staged for an import, and the image not {@code active} then
 * @param store that the data goes to; null for the one that uploads go to
 */
@Wire
public record UploadRequest(
    UUID imageId,
    @Nullable NewImage image,
    Source source,
    FailurePolicy policy,
    ExpectedData expected,
    Requester by,
    @Nullable UUID taskId,
    boolean atOnce,
    @Nullable Location begun,
    boolean stage,
    @Nullable String store) {

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

  /** One that may take its time. */
  public UploadRequest(
      UUID imageId,
      @Nullable NewImage image,
      Source source,
      FailurePolicy policy,
      ExpectedData expected,
      Requester by,
      @Nullable UUID taskId) {
    this(imageId, image, source, policy, expected, by, taskId, false, null, false, null);
  }

  /** Registers an image and uploads its data; requeues the image if that fails. */
  public static UploadRequest of(NewImage image, Source source, Requester by) {
    return new UploadRequest(
        image.id(), image, source, FailurePolicy.REQUEUE, ExpectedData.NONE, by, null);
  }

  /** Uploads the data of an image that is {@code queued}; requeues it if that fails. */
  public static UploadRequest ofQueued(UUID imageId, Source source, Requester by) {
    return new UploadRequest(
        imageId, null, source, FailurePolicy.REQUEUE, ExpectedData.NONE, by, null);
  }

  /** The same with another policy. */
  public UploadRequest withPolicy(FailurePolicy other) {
    return new UploadRequest(
        imageId, image, source, other, expected, by, taskId, atOnce, begun, stage, store);
  }

  /** The same from another source. */
  public UploadRequest from(Source other) {
    return new UploadRequest(
        imageId, image, other, policy, expected, by, taskId, atOnce, begun, stage, store);
  }

  /** The same with what is declared of the data. */
  public UploadRequest expecting(ExpectedData declared) {
    return new UploadRequest(
        imageId, image, source, policy, declared, by, taskId, atOnce, begun, stage, store);
  }

  /** The same, of data that is little and at hand. */
  public UploadRequest atHand() {
    return new UploadRequest(
        imageId, image, source, policy, expected, by, taskId, true, begun, stage, store);
  }

  /** The same, of an image that is {@code saving} to that location. */
  public UploadRequest goingOn(@Nullable Location location) {
    return new UploadRequest(
        imageId, image, source, policy, expected, by, taskId, atOnce, location, stage, store);
  }

  /** The same, for an import to come. */
  public UploadRequest staging() {
    return new UploadRequest(
        imageId, image, source, policy, expected, by, taskId, atOnce, begun, true, store);
  }

  /** The same into a store of the settings' {@code stores}. */
  public UploadRequest into(@Nullable String other) {
    return new UploadRequest(
        imageId, image, source, policy, expected, by, taskId, atOnce, begun, stage, other);
  }
}
