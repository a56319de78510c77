package dev.vitrine.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.embedded.EmbeddedStack;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.remote.ImageApi;
import dev.vitrine.remote.RemoteImageFilter;
import dev.vitrine.remote.RemoteSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** That everything is moved and measured; how fast it was is nobody's business here. */
@Timeout(120)
class BytesBenchIT {

  private final List<String> progress = new ArrayList<>();
  @TempDir private Path directory;
  @TempDir private Path loop;

  @Test
  void measuresEachKindOfWorkBesideTheLoopAndLeavesNothing() throws Exception {
    try (EmbeddedStack stack = EmbeddedStack.inMemory(directory, null)) {
      ImageApi api = new ImageApi(RemoteSettings.of(URI.create(stack.apiUrl())));
      BytesReport report = new BytesBench(api, plan(3_000_001)).run();

      assertThat(report.rows())
          .extracting(BytesReport.Row::name)
          .containsExactly(
              BytesBench.LOOP,
              "upload, 1 stream",
              "upload, 3 streams",
              "import by URL",
              "download, 1 stream");
      assertThat(report.rows())
          .allSatisfy(row -> assertThat(row.megabytesPerSecond()).isPositive())
          .filteredOn(row -> row.limit() != null)
          .hasSize(4)
          .allSatisfy(row -> assertThat(row.within()).isNotNull());
      assertThat(progress)
          .startsWith("warm-up", "round 1 of 2: bare loop, 1 stream")
          // Each round begins with another kind.
          .contains("round 2 of 2: upload, 1 stream")
          .hasSize(1 + 2 * 5);
      assertThat(api.images().list(RemoteImageFilter.NONE, 100)).isEmpty();
      try (var left = Files.list(loop)) {
        assertThat(left).isEmpty();
      }
    }
  }

  @Test
  void refusesNumbersThatMeanNothing() {
    assertThatThrownBy(() -> plan(0)).isInstanceOf(Invalid.class).hasMessageContaining("--size");
  }

  private BytesPlan plan(long size) {
    return new BytesPlan(size, 3, 2, loop, List.of(), progress::add);
  }
}
