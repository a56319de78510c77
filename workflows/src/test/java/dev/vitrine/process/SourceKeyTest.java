package dev.vitrine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Invalid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceKeyTest {

  private static final String URL = "https://example.org/a";

  private final SourceKey key = SourceKey.of(SourceKey.made());

  @Test
  void opensWhatItSealed() {
    String sealed = key.seal(URL, "sig=ä&x=1");
    assertThat(sealed).doesNotContain("sig").isNotEqualTo(key.seal(URL, "sig=ä&x=1"));
    assertThat(key.open(URL, sealed)).contains("sig=ä&x=1");
  }

  @Test
  void opensNothingElse() {
    String sealed = key.seal(URL, "sig=1");
    char last = sealed.charAt(5);
    String altered = sealed.substring(0, 5) + (last == 'A' ? 'B' : 'A') + sealed.substring(6);
    assertThat(key.open(URL, altered)).isEmpty();
    assertThat(key.open("https://evil.example/a", sealed)).isEmpty();
    assertThat(SourceKey.of(SourceKey.made()).open(URL, sealed)).isEmpty();
    assertThat(key.open(URL, "")).isEmpty();
    assertThat(key.open(URL, "AAAA")).isEmpty();
    assertThat(key.open(URL, "not base64!")).isEmpty();
  }

  @Test
  void readsAFileWithAKey(@TempDir Path directory) throws IOException {
    String made = SourceKey.made();
    Path file = Files.writeString(directory.resolve("key"), made + "\n");
    assertThat(SourceKey.read(file).open(URL, SourceKey.of(made).seal(URL, "q"))).contains("q");
    assertThat(SourceKey.read(file).toString()).doesNotContain(made);

    Files.writeString(file, "hunter2");
    assertThatThrownBy(() -> SourceKey.read(file))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("openssl rand -base64 32")
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(() -> SourceKey.read(directory.resolve("missing")))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("missing");
  }
}
