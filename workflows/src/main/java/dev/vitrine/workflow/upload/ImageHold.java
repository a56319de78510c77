package dev.vitrine.workflow.upload;

import static dev.vitrine.workflow.RegistrySteps.operation;

import dev.vitrine.activity.Operation;
import dev.vitrine.activity.Transferred;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.ImageSummary;
import dev.vitrine.image.Location;
import dev.vitrine.workflow.RegistrySteps;
import dev.vitrine.workflow.upload.UploadResult.Outcome;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How an image is held while its data comes in, and let go: by an upload, or by a stage. */
record ImageHold(RegistrySteps registry, UploadRequest request) {

  /** What the image is meanwhile. */
  ImageStatus status() {
    return request.stage() ? ImageStatus.UPLOADING : ImageStatus.SAVING;
  }

  Operation beginning() {
    return operation("begin", word() + " by " + request.by().display(), request.by());
  }

  Operation completion() {
    return operation("complete", "data complete and verified", request.by());
  }

  /** As messages say what it is that was stopped. */
  String word() {
    return request.stage() ? "stage" : "upload";
  }

  Location begin() {
    UUID imageId = request.imageId();
    Long size = request.expected().size();
    return request.stage()
        ? registry.imports(
            imports ->
                imports.beginStage(beginning(), imageId, request.store(), request.by(), size))
        : registry.images(
            images ->
                images.beginUpload(
                    beginning(), imageId, request.policy(), request.by(), size, request.store()));
  }

  UploadResult complete(Location location, Transferred reported) {
    UUID imageId = request.imageId();
    if (request.stage()) {
      registry.imports(imports -> imports.completeStage(imageId, location.id()));
      return new UploadResult(
          imageId, Outcome.STAGED, reported.data(), null, null, reported.attempts());
    }
    ImageSummary active =
        registry.images(
            images -> images.completeUpload(completion(), imageId, location.id(), reported.data()));
    return new UploadResult(
            imageId, Outcome.ACTIVATED, active.data(), null, null, reported.attempts())
        .copiedWithin(reported.copiedWithin());
  }

  /**
   * @param locationId that it was to write to; null if that is not known
   */
  ImageSummary fail(Operation failure, @Nullable UUID locationId) {
    UUID imageId = request.imageId();
    return request.stage()
        ? registry.imports(imports -> imports.failStage(failure, imageId, locationId))
        : registry.images(
            images -> images.failUpload(failure, imageId, request.policy(), locationId));
  }
}
