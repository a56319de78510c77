package dev.vitrine.cli;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
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
    return vitrine
        .withBackend(
            requester,
            backend -> {
              vitrine.output().print(backend.delete(id, delay, wait));
              return ExitCode.OK;
            })
        .code();
  }
}
