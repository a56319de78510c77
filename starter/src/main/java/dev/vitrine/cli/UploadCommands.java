package dev.vitrine.cli;

import dev.vitrine.backend.Backend;
import dev.vitrine.backend.RunningWork;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What is done with an upload that somebody has started. */
final class UploadCommands {

  private UploadCommands() {}

  /** What is done with the running or last upload of an image. */
  abstract static class OnUpload extends WorkCommand {

    @Parameters(paramLabel = "ID", description = "The image's id.")
    private UUID id = new UUID(0, 0);

    OnUpload(Vitrine vitrine) {
      super(vitrine);
    }

    @Override
    final RunningWork work(Backend backend) {
      return backend.uploadOf(id);
    }

    final UUID id() {
      return id;
    }
  }

  /** {@code vitrine image watch-upload}. */
  @Command(
      name = "watch-upload",
      description = {
        "Watch the upload of an image to its end.",
        "Of one that has ended, say how, as long as Temporal keeps it."
      })
  static final class Watch extends OnUpload {

    Watch(Vitrine vitrine) {
      super(vitrine);
    }

    @Override
    ExitCode run(WorkWatch watch, RunningWork work) {
      return watch.watch(work);
    }
  }

  /** {@code vitrine image cancel-upload}. */
  @Command(
      name = "cancel-upload",
      description = {
        "Ask the upload of an image to stop; the image ends by the upload's --policy.",
        "Without effect on an upload that has ended."
      })
  static final class Cancel extends OnUpload {

    Cancel(Vitrine vitrine) {
      super(vitrine);
    }

    @Override
    ExitCode run(WorkWatch watch, RunningWork work) {
      return watch.cancel(work, "image_id", id());
    }
  }
}
