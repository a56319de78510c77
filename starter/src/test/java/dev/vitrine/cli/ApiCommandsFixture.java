package dev.vitrine.cli;

import dev.vitrine.fake.FakeImageApi;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A server of the image API, and runs of the command line that ask it. */
abstract class ApiCommandsFixture {

  static final String MISSING = "00000000-0000-4000-8000-000000000404";

  final FakeImageApi server = FakeImageApi.start();
  Run run = run(false);

  @TempDir Path dir;

  @AfterEach
  final void stop() {
    server.close();
  }

  final int execute(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--api", server.url()));
    return run.execute(all.toArray(String[]::new));
  }

  static Run run(Map<String, String> environment) {
    return run(false, environment, InputStream.nullInputStream());
  }

  static Run run(boolean terminal) {
    return run(terminal, Map.of(), InputStream.nullInputStream());
  }

  static Run run(boolean terminal, String input) {
    return run(
        terminal, Map.of(), new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
  }

  static Run run(boolean terminal, Map<String, String> environment, InputStream in) {
    return new Run(
        terminal,
        environment,
        in,
        () -> {
          throw new IllegalStateException("Temporal is not to be asked");
        });
  }
}
