package dev.vitrine.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Invalid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessesTest {

  @TempDir private Path proc;

  @BeforeEach
  void twoProcesses() throws IOException {
    process(7, "java", 150, 50, 2048);
    process(8, "a (name) of 3 words", 30, 20, 1024);
  }

  @Test
  void addsUpTheCpuAndThePeaksOfAll() {
    ServerProcesses both = new ServerProcesses(List.of(7L, 8L), proc);

    assertThat(both.cpuSeconds()).isEqualTo(2.5);
    assertThat(both.peakMemory()).isEqualTo(3 * 1024 * 1024);
  }

  @Test
  void knowsNothingOfNone() {
    assertThat(new ServerProcesses(List.of(), proc).cpuSeconds()).isNull();
    assertThat(new ServerProcesses(List.of(), proc).peakMemory()).isNull();
  }

  @Test
  void namesAProcessThatIsNotThereOrHasEnded() throws IOException {
    assertThatThrownBy(() -> new ServerProcesses(List.of(9L), proc))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("--pid 9");
    ServerProcesses seven = new ServerProcesses(List.of(7L), proc);
    Files.delete(proc.resolve("7/stat"));

    assertThatThrownBy(seven::cpuSeconds)
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("has ended");
  }

  private void process(int pid, String name, int user, int system, int kibibytes)
      throws IOException {
    Path directory = Files.createDirectory(proc.resolve(Integer.toString(pid)));
    Files.writeString(
        directory.resolve("stat"),
        "%d (%s) S 1 2 3 4 5 6 7 8 9 10 %d %d 16 17 18 19\n".formatted(pid, name, user, system));
    Files.writeString(
        directory.resolve("status"),
        "Name:\tx\nVmPeak:\t 9999 kB\nVmHWM:\t %d kB\nVmRSS:\t 1 kB\n".formatted(kibibytes));
  }
}
