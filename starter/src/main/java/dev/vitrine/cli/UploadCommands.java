package dev.vitrine.cli;

import dev.vitrine.process.UploadHandle;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What is done with an upload that somebody has started. */
final class UploadCommands {

  private UploadCommands() {}

  /** {@code vitrine image watch-upload}. */
  @Command(
      name = "watch-upload",
      description = {
        "Watch the upload of an image to its end.",
        "Of one that has ended, say how, as long as Temporal keeps it."
      })
  static final class Watch implements Callable<Integer> {

    private final Vitrine vitrine;

    @Parameters(paramLabel = "ID", description = "The image's id.")
    private UUID id = new UUID(0, 0);

    @Mixin private RequesterOptions requester = new RequesterOptions();

    Watch(Vitrine vitrine) {
      this.vitrine = vitrine;
    }

    @Override
    public Integer call() {
      return vitrine
          .withClient(
              client -> {
                UploadHandle upload = client.upload(id);
                String begin = upload.standing().ended() ? "has ended" : "under way";
                return new UploadWatch(vitrine, requester).follow(upload, begin);
              })
          .code();
    }
  }

  /** {@code vitrine image cancel-upload}. */
  @Command(
      name = "cancel-upload",
      description = {
        "Ask the upload of an image to stop; the image ends by the upload's --policy.",
        "Without effect on an upload that has ended."
      })
  static final class Cancel implements Callable<Integer> {

    private final Vitrine vitrine;

    @Parameters(paramLabel = "ID", description = "The image's id.")
    private UUID id = new UUID(0, 0);

    @Mixin private RequesterOptions requester = new RequesterOptions();

    Cancel(Vitrine vitrine) {
      this.vitrine = vitrine;
    }

    @Override
    public Integer call() {
      return vitrine
          .withClient(
              client -> {
                UploadHandle upload = client.upload(id);
                boolean ended = upload.standing().ended();
                upload.cancel(requester.requester(vitrine.shell()));
                Map<String, Object> asked = new LinkedHashMap<>();
                asked.put("image_id", id);
                asked.put("cancel", ended ? "without effect: it has ended" : "requested");
                vitrine.output().print(asked, asked);
                return ExitCode.OK;
              })
          .code();
    }
  }
}
