package dev.vitrine.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The programs of the API's clients: Python environments below the directory that the system
 * property {@code vitrine.clients} names, one per file in {@code src/test/clients/requirements},
 * and {@code go}. Where one is missing the tests are skipped, or fail if the system property {@code
 * vitrine.require-clients} is true.
 */
final class ClientPrograms {

  /** Where the scripts are that drive the clients. */
  static final Path SCRIPTS = Path.of("src", "test", "clients").toAbsolutePath();

  private static final String DIRECTORY = "vitrine.clients";
  private static final String REQUIRED = "vitrine.require-clients";
  private static final long MINUTES = 10;

  private ClientPrograms() {}

  /** A program of one of the Python environments. */
  static Path python(String environment, String program) {
    Path found = Path.of(System.getProperty(DIRECTORY, ""), environment, "bin", program);
    return Files.isExecutable(found)
        ? found.toAbsolutePath()
        : missing(
            "there is no program %s; -D%s names no such directory".formatted(found, DIRECTORY));
  }

  static Path go() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(directory -> Path.of(directory, "go"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(() -> missing("there is no program 'go' on the PATH"));
  }

  /** Runs a module of tests with OpenStack's command lines and SDK. */
  static void openStackScript(String module, Map<String, String> environment)
      throws IOException, InterruptedException {
    String python = python("openstack", "python").toString();
    Map<String, String> all = new HashMap<>(environment);
    all.put("PYTHONDONTWRITEBYTECODE", "1");
    run(SCRIPTS, all, List.of(python, "-W", "ignore", "-m", "unittest", "-v", module));
  }

  /** Runs a program that has to succeed, and shows what it printed where it does not. */
  static void run(Path directory, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putAll(environment);
    Path output = Files.createTempFile(Path.of("target"), "client-", ".log");
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);

      assertThat(ended).as("ended within %d min; see %s", MINUTES, output).isTrue();
      assertThat(process.exitValue())
          .withFailMessage(() -> "%s:%n%s".formatted(String.join(" ", command), read(output)))
          .isZero();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static String read(Path output) {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      return "%s: %s".formatted(output, e);
    }
  }

  private static Path missing(String message) {
    return Boolean.getBoolean(REQUIRED)
        ? fail(message + ", and -D" + REQUIRED + "=true")
        : abort(message);
  }
}
