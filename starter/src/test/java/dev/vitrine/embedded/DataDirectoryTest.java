package dev.vitrine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Invalid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

  @TempDir private Path temporary = Path.of("");

  @Test
  void isMadeWithTheDirectoryOfExports() {
    try (DataDirectory held = DataDirectory.hold(temporary.resolve("a/b"))) {
      assertThat(StackSettings.exports(held.path())).isDirectory();
    }
  }

  @Test
  void isHeldOnceAndFreeAfterwards() {
    try (DataDirectory held = DataDirectory.hold(temporary)) {
      assertThatThrownBy(() -> DataDirectory.hold(temporary))
          .isInstanceOf(Conflict.class)
          .hasMessageContaining(held.path() + " is in use")
          .hasMessageContaining("--data");
    }
    DataDirectory.hold(temporary).close();
  }

  @Test
  void isTheSameThroughASymbolicLink() throws IOException {
    Path link = Files.createSymbolicLink(temporary.resolve("link"), temporary);

    try (DataDirectory held = DataDirectory.hold(link)) {
      assertThat(held.path()).isEqualTo(temporary.toRealPath());
    }
  }

  @Test
  void whatIsNoDirectoryIsInvalid() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "x");

    assertThatThrownBy(() -> DataDirectory.hold(file))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("--data");
  }
}
