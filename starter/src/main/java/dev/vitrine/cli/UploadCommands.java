package dev.vitrine.cli;

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
          .withBackend(requester, backend -> new WorkWatch(vitrine).watch(backend.uploadOf(id)))
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
          .withBackend(
              requester,
              backend -> new WorkWatch(vitrine).cancel(backend.uploadOf(id), "image_id", id))
          .code();
    }
  }
}
