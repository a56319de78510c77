package dev.vitrine.cli;

import dev.vitrine.activity.LocationCheck;
import dev.vitrine.activity.SweepCounts;
import dev.vitrine.activity.SweepFinding;
import dev.vitrine.activity.SweepOrder;
import dev.vitrine.backend.Backend;
import dev.vitrine.backend.SweptStores;
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

/** The commands that compare what stores have with what is recorded. */
final class VerifyCommands {

  private VerifyCommands() {}

  /** {@code vitrine image verify}. */
  @Command(
      name = "verify",
      description = {
        "Have workers read images' data back from every store, and compare size and digests.",
        "Each is a workflow, which goes on if this is interrupted; asking again joins it."
      })
  static final class Images implements Callable<Integer> {

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

    Images(Vitrine vitrine) {
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
            .withBackend(requester, backend -> show(vitrine, backend.sweep(order)))
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

  /** {@code vitrine fsck}. */
  @Command(
      name = "fsck",
      description = {
        "Compare the registry with the stores: what is missing or of another size, and what no row"
            + " knows.",
        "A workflow, which goes on if this is interrupted; asking the same again joins it."
      })
  static final class Fsck implements Callable<Integer> {

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

    Fsck(Vitrine vitrine) {
      this.vitrine = vitrine;
    }

    @Override
    public Integer call() {
      SweepOrder order = new SweepOrder(store, read, true, repair, grace, rate.bytes(), 0);
      return vitrine.withBackend(requester, backend -> show(vitrine, backend.sweep(order))).code();
    }
  }

  /** Prints what a sweep has found, and says how the command exits. */
  private static ExitCode show(Vitrine vitrine, SweptStores swept) {
    Table table = new Table(List.of("Found", "Store", "Key", "What", "Repaired"), 3, Set.of());
    for (SweepFinding each : swept.findings()) {
      table.row(
          each.kind().wireName(),
          each.store(),
          each.key(),
          each.detail(),
          each.repaired() ? "yes" : "");
    }
    vitrine.output().print(swept.document(), table, vitrine.width());
    SweepCounts counts = swept.counts();
    if (!vitrine.json()) {
      vitrine
          .shell()
          .err()
          .println(
              "%d places of images and %d keys of stores: %d wrong, %d missing, %d stores unread, %d orphans, %d of these repaired"
                  .formatted(
                      counts.locations(),
                      counts.keys(),
                      counts.wrong(),
                      counts.missing(),
                      counts.unread(),
                      counts.orphans(),
                      counts.repaired()));
      if (counts.found() > swept.findings().size()) {
        vitrine.shell().err().println("the workers' logs have all of them");
      }
      vitrine.shell().err().flush();
    }
    long left = counts.found() - counts.repaired();
    return left == 0
        ? ExitCode.OK
        : vitrine.failed(
            "DataMismatch",
            left == 1
                ? "1 finding is left to look at"
                : "%d findings are left to look at".formatted(left));
  }
}
