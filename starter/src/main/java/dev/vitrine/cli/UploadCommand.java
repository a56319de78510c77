package dev.vitrine.cli;

import dev.vitrine.backend.ApiBackend;
import dev.vitrine.backend.Replies;
import dev.vitrine.backend.SourceArgument;
import dev.vitrine.backend.UploadArguments;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.remote.RemoteImage;
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
          + " cancel-upload.",
      "With --api, a FILE or standard input (-) is sent by this command and ends with it; a URL is"
          + " an import task of the server's."
    })
final class UploadCommand implements Callable<Integer> {

  private final Vitrine vitrine;

  @Parameters(
      paramLabel = "FILE|URL|-",
      description = "A file, or an http, https or file URL; with --api also standard input.")
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
    String project = requester.claim(vitrine.shell()).project();
    UploadArguments asked =
        new UploadArguments(
            data,
            image.id(),
            existing,
            (id, defaultName) -> image.newImage(id, defaultName, null, project),
            policy,
            new ExpectedData(size, checksum, sha512));
    return vitrine
        .withBackend(
            requester,
            backend ->
                backend instanceof ApiBackend api && !SourceArgument.isUrl(data)
                    ? send(api, asked)
                    : new WorkWatch(vitrine).started(backend.startUpload(asked), noWait))
        .code();
  }

  private ExitCode send(ApiBackend backend, UploadArguments asked) {
    backend.requireSendable(asked, noWait);
    DataUpload upload = new DataUpload(vitrine, backend.api(), asked.data(), asked.expected());
    RemoteImage sent = upload.to(backend.imageFor(asked, upload.name()));
    vitrine.output().print(Replies.of(sent));
    return ExitCode.OK;
  }
}
