package dev.vitrine.bench.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Invalid;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That everything is measured; how fast it was is nobody's business here. */
final class GrowthBenchTest {

  private final List<String> progress = new ArrayList<>();
  @TempDir private Path directory;

  @Test
  void measuresEachQuestionAtEachSize() {
    GrowthReport report = new GrowthBench(plan(List.of(10_000, 1_000))).run();

    assertThat(report.rows())
        .extracting(GrowthReport.Row::name)
        .contains(
            "create, with quotas",
            "show",
            "usage",
            "backlog of transfers",
            "first page",
            "name",
            "tag",
            "property",
            "checksum",
            "os_hash_value",
            "status",
            "owner",
            "changes since, oldest first",
            "by name",
            "by size");
    assertThat(report.rows())
        .allSatisfy(row -> assertThat(row.cpu()).containsOnlyKeys(1_000, 10_000));
    assertThat(progress).contains("10,000 images", "round 1 of 1");
  }

  @Test
  void wantsTheSizeThatItComparesWith() {
    assertThatThrownBy(() -> plan(List.of(1_000)))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("10000");
  }

  private GrowthPlan plan(List<Integer> sizes) {
    return new GrowthPlan(sizes, 100, 1, 1, null, directory, List.of(), progress::add);
  }
}
