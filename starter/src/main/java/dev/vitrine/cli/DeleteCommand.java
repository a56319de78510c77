package dev.vitrine.cli;

import dev.vitrine.client.VitrineClient;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.process.DeletionHandle;
import dev.vitrine.workflow.DeletionResult;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vitrine image delete}. */
@Command(
    name = "delete",
    description = {
      "Delete an image from whatever status it is in; an upload of it is stopped.",
      "Returns once it is deleted or pending_delete; its data is removed after that, which --wait"
          + " waits for."
    })
final class DeleteCommand implements Callable<Integer> {

  private final Vitrine vitrine;

  @Parameters(paramLabel = "ID", description = "The image's id.")
  private UUID id = new UUID(0, 0);

  @Option(
      names = "--delay",
      paramLabel = "DURATION",
      defaultValue = "0s",
      description = "How long the data is kept: 90s, 30m, 24h, 7d; default: not at all.")
  private Duration delay = Duration.ZERO;

  @Option(names = "--wait", description = "Return only when no data is left.")
  private boolean wait;

  @Mixin private RequesterOptions requester = new RequesterOptions();

  DeleteCommand(Vitrine vitrine) {
    this.vitrine = vitrine;
  }

  @Override
  public Integer call() {
    return vitrine.withClient(this::delete).code();
  }

  private ExitCode delete(VitrineClient client) {
    DeletionHandle deletion = client.delete(id, requester.requester(vitrine.shell()), delay);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("image", deletion.image());
    Map<String, @Nullable Object> lines = ImageCommands.lines(deletion.image());
    lines.put("data kept until", wait ? null : deletion.image().scrubAt());
    if (wait) {
      DeletionResult result = deletion.awaitDataRemoved();
      document.put("status", ImageStatus.DELETED);
      document.put("locations_removed", result.locationsRemoved());
      lines.put("status", ImageStatus.DELETED);
      lines.put("locations removed", result.locationsRemoved());
    }
    vitrine.output().print(document, lines);
    return ExitCode.OK;
  }
}
