package dev.vitrine.worker;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.temporal.testing.TemporalDevServerOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real Temporal server for one test class of this module or another, run by the {@code temporal}
 * binary on the {@code PATH} on a free port. Where there is no binary the tests are skipped, or
 * fail if the system property {@code vitrine.require-temporal} is true.
 */
public final class RealTemporal {

  private static final String REQUIRED = "vitrine.require-temporal";

  private RealTemporal() {}

  /** Starts it; whoever does closes it. */
  public static TestWorkflowEnvironment start() {
    return start(Map.of());
  }

  /** The same with dynamic configuration beside its own. */
  static TestWorkflowEnvironment start(Map<String, String> configuration) {
    Path binary = program();
    // What is deleted leaves the list in seconds.
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--dynamic-config-value",
                "history.transferProcessorUpdateAckInterval=\"1s\"",
                "--dynamic-config-value",
                "history.visibilityProcessorUpdateAckInterval=\"1s\""));
    configuration.forEach(
        (key, value) -> {
          arguments.add("--dynamic-config-value");
          arguments.add(key + "=" + value);
        });
    return TestWorkflowEnvironment.startLocal(
        TemporalDevServerOptions.newBuilder()
            .setExistingPath(binary.toString())
            .setUiEnabled(false)
            // Surefire talks to this process through the stream that the server would write to.
            .setLogFile("target/temporal.log")
            .setExtraArgs(arguments)
            .build());
  }

  /** The program; skips the test where there is none, or fails it, as {@link #start} does. */
  public static Path program() {
    return binary().orElseGet(RealTemporal::missing);
  }

  private static Path missing() {
    String message = "there is no program 'temporal' on the PATH";
    if (Boolean.getBoolean(REQUIRED)) {
      return fail(message + ", and -D" + REQUIRED + "=true");
    }
    return abort(message);
  }

  private static Optional<Path> binary() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(directory -> Path.of(directory, "temporal"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
