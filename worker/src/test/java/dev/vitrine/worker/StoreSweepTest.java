package dev.vitrine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.activity.SweepFinding;
import dev.vitrine.activity.SweepOrder;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Location;
import dev.vitrine.process.Processes;
import dev.vitrine.workflow.verification.SweepResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code StoreSweep} over a store and a registry. */
final class StoreSweepTest {

  private static final byte[] DATA = {1, 2, 3, 4, 5};

  @Test
  void findsWhatIsMissingAndRemovesWhatNoRowKnowsIfItIsToldTo(@TempDir Path directory)
      throws Exception {
    try (Installation vitrine = new Installation(directory)) {
      Processes processes = new Processes(vitrine.client(), vitrine.worker().installation());
      UUID good = vitrine.activeImage(DATA);
      UUID bad = vitrine.activeImage(DATA);
      Location missing = vitrine.registry().locations().of(bad).get(0);
      Path store = vitrine.files().store();
      Files.delete(store.resolve(missing.key()));
      Path orphan = store.resolve(UUID.randomUUID().toString()).resolve(good.toString());
      Files.createDirectories(orphan.getParent());
      Files.write(orphan, DATA);

      SweepResult found = processes.startSweep(order(false)).await();

      assertThat(found.findings())
          .extracting(SweepFinding::kind)
          .containsExactly(SweepFinding.Kind.MISSING, SweepFinding.Kind.ORPHAN);
      assertThat(orphan).exists();

      SweepResult repaired = processes.startSweep(order(true)).await();

      assertThat(repaired.counts().repaired()).isEqualTo(1);
      assertThat(orphan).doesNotExist();
      // Its only place: nothing is decided about it.
      assertThat(vitrine.registry().locations().of(bad)).containsExactly(missing);
      assertThat(vitrine.registry().lookup().find(bad).orElseThrow().status())
          .isEqualTo(ImageStatus.ACTIVE);
    }
  }

  private static SweepOrder order(boolean repair) {
    return new SweepOrder(null, true, true, repair, Duration.ZERO, 0, 0);
  }
}
