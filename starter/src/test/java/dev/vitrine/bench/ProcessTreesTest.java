package dev.vitrine.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Invalid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTreesTest {

  @TempDir private Path proc;

  /** A database with two backends, one of which has a child, and one that has nothing to do. */
  @BeforeEach
  void processes() throws IOException {
    process(7, 1, "postgres", 100, 50, 20, 30);
    process(8, 7, "postgres: a (b)", 10, 5, 0, 0);
    process(9, 8, "sh", 4, 1, 0, 0);
    process(10, 1, "java", 1000, 1000, 1000, 1000);
    Files.createDirectory(proc.resolve("self"));
  }

  @Test
  void addsUpAllThatComesFromARootTheEndedOnesToo() {
    assertThat(cpuOf(7)).isEqualTo((100 + 50 + 20 + 30 + 10 + 5 + 4 + 1) / 100.0);
  }

  @Test
  void countsNoneTwice() {
    assertThat(cpuOf(7, 8, 9)).isEqualTo(cpuOf(7));
  }

  @Test
  void takesNothingForNoProcess() {
    assertThat(cpuOf()).isZero();
  }

  @Test
  void namesAProcessThatIsNotThereOrHasEnded() throws IOException {
    assertThatThrownBy(() -> cpuOf(11))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("--pid 11");
    ProcessTrees seven = new ProcessTrees(List.of(7L), proc);
    Files.delete(proc.resolve("7/stat"));

    assertThatThrownBy(seven::cpuSeconds)
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("has ended");
  }

  private double cpuOf(long... roots) {
    return new ProcessTrees(Arrays.stream(roots).boxed().toList(), proc).cpuSeconds();
  }

  private void process(
      int pid, int parent, String name, int user, int system, int childrenUser, int childrenSystem)
      throws IOException {
    Path directory = Files.createDirectory(proc.resolve(Integer.toString(pid)));
    Files.writeString(
        directory.resolve("stat"),
        "%d (%s) S %d 5 6 7 8 9 10 11 12 13 %d %d %d %d 18 19\n"
            .formatted(pid, name, parent, user, system, childrenUser, childrenSystem));
  }
}
