package dev.vitrine.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/** Settings out of files and variables of a test. */
abstract class SettingsFixture {

  @TempDir Path directory;

  final Settings load(String yaml) throws IOException {
    return load(yaml, Map.of());
  }

  final Settings load(String yaml, Map<String, String> environment) throws IOException {
    return Settings.load(file(yaml), environment);
  }

  final @Nullable Secret password(String yaml, Map<String, String> environment) throws IOException {
    return load(yaml, environment).registry().password();
  }

  final Path file(String yaml) throws IOException {
    return Files.writeString(directory.resolve("vitrine.yaml"), yaml);
  }
}
