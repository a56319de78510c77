package dev.vitrine.bench.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.embedded.EmbeddedStack;
import dev.vitrine.error.VitrineException.Invalid;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** That everything is measured; how fast it was is nobody's business here. */
@Timeout(120)
class DurableBenchIT {

  private final List<String> progress = new ArrayList<>();
  @TempDir private Path directory;

  @Test
  void measuresEachKindOfWorkBesideTheFloor() {
    try (EmbeddedStack stack = EmbeddedStack.inMemory(directory, null)) {
      DurableReport report = bench(stack, Set.of()).run();

      assertThat(report.rows())
          .extracting(DurableReport.Row::name)
          .containsExactly(
              DurableBench.FLOOR,
              "floor: no activity",
              "floor: 1 regular and 2 local",
              BytesAlone.NAME,
              "upload 1 KiB",
              "upload 1 MiB",
              "delete without data",
              "delete with data",
              "import 1 MiB",
              "start of a workflow, 50 at once",
              "task accepted (201), 50 at once");
      assertThat(report.rows())
          .filteredOn(row -> row.limit() != null)
          .hasSize(6)
          .allSatisfy(row -> assertThat(row.within()).isNotNull());
      assertThat(report.rows())
          .allSatisfy(row -> assertThat(row.milliseconds()).isPositive())
          .first()
          .satisfies(floor -> assertThat(floor.ratio()).isEqualTo(1));
      assertThat(report.counted())
          .singleElement()
          .asString()
          .contains(Long.toString(ProcessHandle.current().pid()));
      assertThat(progress).contains("first 2: upload 1 KiB", "round 1 of 1");
    }
  }

  @Test
  void namesTheKindsOfWorkThereAre() {
    try (EmbeddedStack stack = EmbeddedStack.inMemory(directory, null)) {
      DurableBench bench = bench(stack, Set.of("upload"));

      assertThatThrownBy(bench::run)
          .isInstanceOf(Invalid.class)
          .hasMessageContainingAll("'upload'", "upload 1 KiB", "import 1 MiB");
    }
  }

  private DurableBench bench(EmbeddedStack stack, Set<String> only) {
    return new DurableBench(
        stack, directory, new DurablePlan(2, 2, 1, 1, 2, only, List.of(), progress::add));
  }
}
