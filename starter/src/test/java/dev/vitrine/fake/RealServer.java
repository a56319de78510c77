package dev.vitrine.fake;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.temporal.testing.TemporalDevServerOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real Temporal server on a free port, run by the {@code temporal} program on the {@code PATH}.
 * Where there is none, tests are skipped, or fail if the system property {@code
 * vitrine.require-temporal} is true.
 */
final class RealServer {

  private static final String REQUIRED = "vitrine.require-temporal";

  private RealServer() {}

  static TestWorkflowEnvironment start() {
    Path program = program().orElseGet(RealServer::missing);
    return TestWorkflowEnvironment.startLocal(
        TemporalDevServerOptions.newBuilder()
            .setExistingPath(program.toString())
            .setUiEnabled(false)
            // The test runner reads this process's standard output; the server must not write
            // there.
            .setLogFile("target/temporal.log")
            .build());
  }

  private static Path missing() {
    String message = "there is no program 'temporal' on the PATH";
    if (Boolean.getBoolean(REQUIRED)) {
      return fail(message + ", and -D" + REQUIRED + "=true");
    }
    return abort(message);
  }

  private static Optional<Path> program() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(directory -> Path.of(directory, "temporal"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
