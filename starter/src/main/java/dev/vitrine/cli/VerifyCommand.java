package dev.vitrine.cli;

import dev.vitrine.activity.LocationCheck;
import dev.vitrine.activity.SweepOrder;
import dev.vitrine.backend.Backend;
import dev.vitrine.backend.VerifiedImages;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.terminal.Table;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vitrine image verify}. */
@Command(
    name = "verify",
    description = {
      "Have workers read images' data back from every store, and compare size and digests.",
      "Each is a workflow, which goes on if this is interrupted; asking again joins it."
    })
final class VerifyCommand implements Callable<Integer> {

  /** Each is a workflow that is started before the first is waited for. */
  private static final int MOST = 1000;

  private final Vitrine vitrine;

  @Parameters(paramLabel = "ID", arity = "0..*", description = "The images' ids.")
  private List<UUID> ids = List.of();

  @Option(names = "--all", description = "All images, and no ids.")
  private boolean all;

  @Option(
      names = "--store",
      paramLabel = "NAME",
      description = "Of all images what is in this store only.")
  private @Nullable String store;

  @Mixin private RequesterOptions requester = new RequesterOptions();

  VerifyCommand(Vitrine vitrine) {
    this.vitrine = vitrine;
  }

  @Override
  public Integer call() {
    if (all != ids.isEmpty() || (store != null && !all)) {
      throw new Invalid("give ids of images, or --all and perhaps --store NAME");
    }
    if (all) {
      SweepOrder order = new SweepOrder(store, true, false, false, Duration.ZERO, 0, 0);
      return vitrine
          .withBackend(requester, backend -> new SweepDisplay(vitrine).show(backend.sweep(order)))
          .code();
    }
    if (ids.size() > MOST) {
      throw new Invalid("%d images: give %d at most".formatted(ids.size(), MOST));
    }
    return vitrine.withBackend(requester, this::verify).code();
  }

  private ExitCode verify(Backend backend) {
    VerifiedImages done = backend.verify(ids.stream().distinct().toList());
    Table table = new Table(List.of("Image", "Store", "Data", "Why"), 3, Set.of());
    for (LocationCheck check : done.checks()) {
      table.row(check.imageId(), check.store(), check.outcome().wireName(), check.detail());
    }
    vitrine.output().print(Map.of("images", done.documents()), table, vitrine.width());
    return done.bad().isEmpty()
        ? ExitCode.OK
        : vitrine.failed("DataMismatch", "not all data is as recorded of " + of(done.bad()));
  }

  private static String of(List<UUID> bad) {
    return bad.size() == 1 ? "image " + bad.get(0) : bad.size() + " images";
  }
}
