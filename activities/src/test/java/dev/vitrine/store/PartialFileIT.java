package dev.vitrine.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Unavailable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lock between processes, with a second one. */
class PartialFileIT {

  @TempDir private Path directory;

  @Test
  void holdsOffAnotherProcess() throws IOException, InterruptedException {
    Path path = directory.resolve("partial");
    try (PartialFile file = PartialFile.open("test", path, 0)) {
      file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      // A look by this process must not give up its lock.
      assertThatThrownBy(() -> PartialFile.open("test", path, 0)).isInstanceOf(Unavailable.class);
      assertThat(open(path)).contains("another attempt still writes");
      assertThat(file.readBack(ByteBuffer.allocate(8), 0)).isEqualTo(3);
    }
    assertThat(open(path)).contains("opened");
  }

  private static String open(Path path) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                List.of(java, "-cp", classPath, OtherProcess.class.getName(), path.toString()))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return output;
  }

  /** Tries to open the file. */
  static final class OtherProcess {
    public static void main(String[] args) throws IOException {
      try (PartialFile file = PartialFile.open("test", Path.of(args[0]), 0)) {
        System.out.println("opened at " + file.position());
      }
    }
  }
}
