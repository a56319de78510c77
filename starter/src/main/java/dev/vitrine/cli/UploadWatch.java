package dev.vitrine.cli;

import dev.vitrine.image.ImageData;
import dev.vitrine.process.UploadHandle;
import dev.vitrine.workflow.UploadResult;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Watches an upload to its end, and says how it ended. */
record UploadWatch(Vitrine vitrine, RequesterOptions requester) {

  /**
   * Follows it.
   *
   * @param beginning what is said at first
   */
  ExitCode follow(UploadHandle upload, String beginning) {
    ProgressDisplay display = vitrine.progressOf("upload of image " + upload.imageId());
    display.status(beginning);
    UploadResult result =
        new Waiting(display, vitrine.shell().poll())
            .forResult(
                upload::await,
                upload::standing,
                """
                The upload of image %1$s goes on without you.
                  watch it:   vitrine image watch-upload %1$s%2$s
                  cancel it:  vitrine image cancel-upload %1$s%2$s"""
                    .formatted(upload.imageId(), requester.repeated()));
    display.status(result.outcome().wireName());
    vitrine.output().print(result, lines(result));
    if (result.outcome() == UploadResult.Outcome.ACTIVATED) {
      return ExitCode.OK;
    }
    String kind = result.errorKind();
    return vitrine.failed(
        kind == null ? "NotActivated" : kind,
        "upload of image %s ended as %s: %s"
            .formatted(
                result.imageId(),
                result.outcome().wireName(),
                result.message() == null ? "it was stopped" : result.message()));
  }

  private static Map<String, @Nullable Object> lines(UploadResult result) {
    Map<String, @Nullable Object> lines = new LinkedHashMap<>();
    lines.put("image", result.imageId());
    lines.put("outcome", result.outcome().wireName() + meaning(result));
    ImageData data = result.data();
    if (data != null) {
      lines.put("size", "%d (%s)".formatted(data.size(), Sizes.bytes(data.size())));
      lines.put("checksum", data.checksum());
      lines.put("sha512", data.sha512());
    }
    return lines;
  }

  /** What can be done with the image now. */
  private static String meaning(UploadResult result) {
    return switch (result.outcome()) {
      case ACTIVATED, DELETED -> "";
      case REQUEUED ->
          ": the image is queued; upload to it again with --existing --id " + result.imageId();
      case KILLED -> ": the image can only be deleted";
    };
  }
}
