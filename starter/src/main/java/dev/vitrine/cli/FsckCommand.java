package dev.vitrine.cli;

import dev.vitrine.activity.SweepOrder;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vitrine fsck}. */
@Command(
    name = "fsck",
    description = {
      "Compare the registry with the stores: what is missing or of another size, and what no row"
          + " knows.",
      "A workflow, which goes on if this is interrupted; asking the same again joins it."
    })
final class FsckCommand implements Callable<Integer> {

  private final Vitrine vitrine;

  @Option(names = "--store", paramLabel = "NAME", description = "This store only; default: all.")
  private @Nullable String store;

  @Option(names = "--read", description = "Read all data, and compare its digests.")
  private boolean read;

  @Option(
      names = "--rate",
      paramLabel = "SIZE",
      defaultValue = "0",
      description = "Read so many bytes a second at most: 50MiB; default: as fast as it goes.")
  private ByteSize rate = new ByteSize(0);

  @Option(
      names = "--grace",
      paramLabel = "DURATION",
      defaultValue = "24h",
      description = "Pass over orphans that are younger; default: ${DEFAULT-VALUE}.")
  private Duration grace = Duration.ZERO;

  @Option(
      names = "--repair",
      description = {
        "Remove what no row knows, and give up places without data of images that have theirs in"
            + " another place.",
        "After a registry was restored from a backup, look without this first."
      })
  private boolean repair;

  @Mixin private RequesterOptions requester = new RequesterOptions();

  FsckCommand(Vitrine vitrine) {
    this.vitrine = vitrine;
  }

  @Override
  public Integer call() {
    SweepOrder order = new SweepOrder(store, read, true, repair, grace, rate.bytes(), 0);
    return vitrine
        .withBackend(requester, backend -> new SweepDisplay(vitrine).show(backend.sweep(order)))
        .code();
  }
}
