package dev.vitrine.cli;

import dev.vitrine.activity.Source;
import dev.vitrine.client.UploadHandle;
import dev.vitrine.client.VitrineClient;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.ImageData;
import dev.vitrine.workflow.UploadRequest;
import dev.vitrine.workflow.UploadResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vitrine upload}. */
@Command(
    name = "upload",
    description = {
      "Register an image and bring its data in.",
      "A FILE is read by the worker: it must see the same path, and its directory must be one of"
          + " the worker's source roots. The upload goes on if this command is interrupted."
    })
final class UploadCommand implements Callable<Integer> {

  private final Vitrine vitrine;

  @Parameters(paramLabel = "FILE|URL", description = "A file, or an http, https or file URL.")
  private String data = "";

  @Mixin private ImageOptions image = new ImageOptions();
  @Mixin private RequesterOptions requester = new RequesterOptions();

  @Option(
      names = "--policy",
      paramLabel = "POLICY",
      defaultValue = "requeue",
      description =
          "What becomes of the image if it fails: ${COMPLETION-CANDIDATES};"
              + " default: ${DEFAULT-VALUE}.")
  private FailurePolicy policy = FailurePolicy.REQUEUE;

  @Option(names = "--size", paramLabel = "BYTES", description = "The data must have this size.")
  private @Nullable Long size;

  @Option(names = "--checksum", paramLabel = "MD5", description = "The data must have this MD5.")
  private @Nullable String checksum;

  @Option(names = "--sha512", paramLabel = "HEX", description = "The data must have this SHA-512.")
  private @Nullable String sha512;

  @Option(
      names = "--existing",
      description = "Upload to the image of --id, which is registered and queued already.")
  private boolean existing;

  @Option(names = "--no-wait", description = "Return as soon as the upload has started.")
  private boolean noWait;

  UploadCommand(Vitrine vitrine) {
    this.vitrine = vitrine;
  }

  @Override
  public Integer call() {
    UploadRequest request = request();
    return vitrine.withClient(client -> upload(client, request)).code();
  }

  private UploadRequest request() {
    UUID given = image.id();
    if (existing && given == null) {
      throw new Invalid("--existing: give the image's id with --id");
    }
    UUID id = given == null ? UUID.randomUUID() : given;
    String url = SourceArgument.toUrl(data);
    Source source = new Source.Url(url);
    return new UploadRequest(
        id,
        existing ? null : image.newImage(id, SourceArgument.name(url), null, requester.owner()),
        source,
        policy,
        new ExpectedData(size, checksum, sha512),
        requester.requester(vitrine.shell()),
        null);
  }

  private ExitCode upload(VitrineClient client, UploadRequest request) {
    UploadHandle upload = client.startUpload(request);
    if (noWait) {
      Map<String, Object> started = new LinkedHashMap<>();
      started.put("image_id", upload.imageId());
      started.put("workflow_id", upload.workflowId());
      vitrine.output().print(started, started);
      return ExitCode.OK;
    }
    ProgressDisplay display = vitrine.progressOf("upload of image " + upload.imageId());
    display.status("started");
    UploadResult result =
        Waiting.forResult(display, vitrine.shell().poll(), upload::await, upload::progress);
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
    lines.put("outcome", result.outcome().wireName());
    ImageData data = result.data();
    if (data != null) {
      lines.put("size", "%d (%s)".formatted(data.size(), Sizes.bytes(data.size())));
      lines.put("checksum", data.checksum());
      lines.put("sha512", data.sha512());
    }
    return lines;
  }
}
