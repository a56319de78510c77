package dev.vitrine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Without traces, which is the default, nothing of OpenTelemetry has even to be there. */
@Timeout(120)
final class WithoutTracesTest {

  @TempDir Path directory;

  @Test
  void aWorkerNeedsNothingOfOpenTelemetry() throws Exception {
    String without =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(path -> !path.contains("opentelemetry"))
            .collect(Collectors.joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                without,
                Uploads.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("active with 4 bytes");
  }

  /** A worker in every role, which uploads an image. */
  static final class Uploads {

    private Uploads() {}

    /**
     * Runs it.
     *
     * @param arguments the directory
     */
    public static void main(String[] arguments) throws Exception {
      try {
        Class.forName("io.opentelemetry.api.trace.Tracer");
        throw new AssertionError("OpenTelemetry is there");
      } catch (ClassNotFoundException asItShouldBe) {
        // It would be found if it were needed.
      }
      try (Installation vitrine =
          new Installation(
              Path.of(arguments[0]),
              Map.of("VITRINE_WORKER_ROLES", "workflow,transfer,api", "VITRINE_API_PORT", "0"))) {
        byte[] data = "data".getBytes(StandardCharsets.US_ASCII);
        vitrine.activeImage(data);
        System.out.printf("active with %d bytes%n", data.length);
      }
      System.exit(0);
    }
  }
}
