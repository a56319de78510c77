package dev.vitrine.store.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Unavailable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lock between processes, with a second one; and a large file. */
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

  @Test
  void goesOnBeyondFourGibibytes() throws IOException {
    Path path = directory.resolve("partial");
    long offset = (5L << 30) + 1;
    try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
      sparse.setLength(offset + 100);
    }
    try (PartialFile file = PartialFile.open("test", path, offset)) {
      file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      assertThat(file.position()).isEqualTo(offset + 3);
      ByteBuffer read = ByteBuffer.allocate(10);
      assertThat(file.readBack(read, offset - 1)).isEqualTo(4);
      assertThat(read.flip()).isEqualTo(ByteBuffer.wrap(new byte[] {0, 1, 2, 3}));
      file.write(ByteBuffer.wrap(new byte[] {4}));
      assertThat(path).hasSize(offset + 4);
    }
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
