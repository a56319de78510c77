package dev.vitrine.cli;

import dev.vitrine.activity.Source;
import dev.vitrine.client.VitrineClient;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.process.UploadHandle;
import dev.vitrine.workflow.UploadRequest;
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
          + " the worker's source roots.",
      "The upload goes on if this command is interrupted: see image watch-upload and image"
          + " cancel-upload."
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
    return new UploadWatch(vitrine, requester).follow(upload, "started");
  }
}
