package dev.vitrine.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmMemoryTest {

  private static final long PART = 1000;

  @TempDir private Path directory;

  @Test
  void givesBackAPartAheadOfWhatIsWritten() throws IOException {
    WarmMemory memory = new WarmMemory(directory, 3 * PART, PART);
    assertThat(left()).containsExactly("vitrine-bench-memory-2");
    memory.need(PART - 1);
    assertThat(left()).hasSize(1);
    memory.need(1);
    assertThat(left()).isEmpty();
    memory.need(PART);
    memory.close();
  }

  @Test
  void leavesNothing() throws IOException {
    WarmMemory memory = new WarmMemory(directory, 4 * PART, PART);
    assertThat(left()).hasSize(2);
    memory.close();
    memory.close();
    memory.need(PART);
    assertThat(left()).isEmpty();
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
