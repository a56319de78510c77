package dev.vitrine.cli;

import dev.vitrine.backend.Reply;
import dev.vitrine.backend.SourceArgument;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.remote.DownloadRetries;
import dev.vitrine.remote.ImageApi;
import dev.vitrine.remote.RemoteImage;
import dev.vitrine.remote.SavedFile;
import dev.vitrine.terminal.HumanSizes;
import dev.vitrine.terminal.InterruptNotice;
import dev.vitrine.terminal.ProgressDisplay;
import dev.vitrine.terminal.TransferDisplay;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vitrine image save}. */
@Command(
    name = "save",
    description = {
      "Save an image's data as a file, and check its digest.",
      "The data is collected in FILE.part; if the command is interrupted, the same one goes on from"
          + " there. Without --file, the data goes to standard output."
    })
final class SaveCommand implements Callable<Integer> {

  private static final String STANDARD_OUTPUT = "-";

  private final Vitrine vitrine;

  @Parameters(paramLabel = "ID", description = "The image's id.")
  private UUID id = new UUID(0, 0);

  @Option(
      names = "--file",
      paramLabel = "FILE|-",
      defaultValue = STANDARD_OUTPUT,
      description = "The file to make; default: standard output.")
  private String file = STANDARD_OUTPUT;

  @Option(names = "--force", description = "Replace the file if it exists.")
  private boolean force;

  @Option(
      names = "--retries",
      paramLabel = "N",
      defaultValue = "5",
      description = "How often to try again in a row without a byte; default: ${DEFAULT-VALUE}.")
  private int retries;

  @Option(
      names = "--retry-pause",
      paramLabel = "DURATION",
      defaultValue = "2s",
      description = "How long to wait before each; default: ${DEFAULT-VALUE}.")
  private Duration pause = DownloadRetries.USUAL.pause();

  SaveCommand(Vitrine vitrine) {
    this.vitrine = vitrine;
  }

  @Override
  public Integer call() {
    boolean toOutput = file.equals(STANDARD_OUTPUT);
    if (toOutput && vitrine.json()) {
      throw new Invalid("standard output gets the data, and can't get JSON as well: give --file");
    }
    if (toOutput && vitrine.shell().terminal()) {
      throw new Invalid("a terminal is no place for an image's data: give --file, or a pipe");
    }
    if (retries < 0) {
      throw new Invalid("--retries: give a number, 0 or more");
    }
    return vitrine.withApi(api -> save(api, toOutput));
  }

  private ExitCode save(ImageApi api, boolean toOutput) {
    RemoteImage image = api.images().show(id);
    if (image.size() == null && !image.status().equals("active")) {
      throw new Conflict("image %s is %s: it has no data yet".formatted(id, image.status()));
    }
    ProgressDisplay display = vitrine.progressOf("download of image " + id);
    TransferDisplay listener = new TransferDisplay(display, "download");
    DownloadRetries persistence = new DownloadRetries(retries + 1, pause);
    if (toOutput) {
      SavedFile saved =
          InterruptNotice.during(
              display,
              "The data of image %s is not complete.".formatted(id),
              () -> api.files().save(image, vitrine.shell().data(), persistence, listener));
      remark(display, saved);
      return ExitCode.OK;
    }
    Path target = SourceArgument.path(file);
    SavedFile saved =
        InterruptNotice.during(
            display,
            "What has arrived is in %s.part; the same command goes on from there."
                .formatted(target),
            () -> api.files().save(image, target, force, persistence, listener));
    remark(display, saved);
    vitrine.output().print(reply(image, target, saved));
    return ExitCode.OK;
  }

  private static void remark(ProgressDisplay display, SavedFile saved) {
    if (saved.resumedAt() > 0) {
      display.status(
          "%s of %s were here already"
              .formatted(HumanSizes.bytes(saved.resumedAt()), HumanSizes.bytes(saved.bytes())));
    }
    if (!saved.verified()) {
      display.status("not checked: the server says no digest of it");
    }
  }

  private static Reply reply(RemoteImage image, Path target, SavedFile saved) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("image_id", image.id());
    document.put("file", target.toString());
    document.put("size", saved.bytes());
    document.put("resumed_at", saved.resumedAt());
    document.put("verified", saved.verified());
    Map<String, @Nullable Object> lines = new LinkedHashMap<>();
    lines.put("image", image.id());
    lines.put("file", target);
    lines.put("size", "%d (%s)".formatted(saved.bytes(), HumanSizes.bytes(saved.bytes())));
    lines.put("digest", saved.verified() ? "as the server says" : "not checked");
    return new Reply(document, lines);
  }
}
