package dev.vitrine.workflow.upload;

import dev.vitrine.error.Failures;
import dev.vitrine.workflow.ResultInFailure;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The failure with which an upload that failed ends its execution; its detail is the result. */
public final class FailedUpload {

  /** Its type. */
  public static final String TYPE = "UploadFailed";

  private FailedUpload() {}

  static ApplicationFailure of(UploadResult result) {
    String message = result.message() == null ? "the upload failed" : result.message();
    return ResultInFailure.of(
        TYPE,
        "image %s: %s".formatted(result.imageId(), message),
        result,
        Failures.toTemporal(Failures.ofKind(result.errorKind(), message)));
  }

  /** How the upload ended whose failure this is; empty if it is none of an upload that failed. */
  public static Optional<UploadResult> result(@Nullable Throwable failure) {
    return ResultInFailure.find(failure, TYPE, UploadResult.class);
  }
}
