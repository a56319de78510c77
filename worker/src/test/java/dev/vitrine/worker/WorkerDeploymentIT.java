package dev.vitrine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Operation;
import dev.vitrine.config.Settings;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.process.Processes;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two versions of a worker deployment on a real server, as the script rolls from one to the other.
 */
class WorkerDeploymentIT {

  private static final Requester ALICE = Requester.member("alice", "acme");

  @TempDir private Path directory;
  private TestWorkflowEnvironment temporal;

  @BeforeEach
  void start() {
    temporal = RealTemporal.start();
  }

  @AfterEach
  void stop() {
    temporal.close();
  }

  private VitrineWorker worker(String build) {
    return VitrineWorker.start(
        temporal.getWorkflowClient(),
        Settings.load(
            null,
            Map.of(
                "VITRINE_REGISTRY_URL",
                "jdbc:sqlite:" + directory.resolve("registry.db"),
                "VITRINE_STORES",
                "local=" + directory.resolve("store"),
                "VITRINE_WORKER_DEPLOYMENT_NAME",
                "vitrine",
                "VITRINE_WORKER_BUILD_ID",
                build)),
        Clock.systemUTC());
  }

  private String run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder
        .environment()
        .put("TEMPORAL_ADDRESS", temporal.getWorkflowServiceStubs().getOptions().getTarget());
    builder.environment().put("TEMPORAL_NAMESPACE", temporal.getNamespace());
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + " " + out;
  }

  private void makeCurrent(String build) throws Exception {
    List<String> tries = new ArrayList<>();
    Installation.await(
        "version " + build + " can be made current",
        () -> {
          try {
            tries.add(
                run(
                    Map.of(),
                    RealTemporal.program().toString(),
                    "worker",
                    "deployment",
                    "set-current-version",
                    "--deployment-name",
                    "vitrine",
                    "--build-id",
                    build,
                    "--yes"));
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          return tries.get(tries.size() - 1).startsWith("0 ");
        });
  }

  private String roll(String build, String check) throws IOException, InterruptedException {
    String path = RealTemporal.program().toAbsolutePath().getParent().toString();
    return run(
        Map.of("SECONDS_EACH", "0", "CHECK", check, "PATH", path + ":" + System.getenv("PATH")),
        Path.of("deploy", "roll.sh").toAbsolutePath().toString(),
        "vitrine",
        build,
        "50");
  }

  @Test
  void goesOnWithTheVersionThatWasMadeCurrentWhatTheOneBeforeBegan() throws Exception {
    UUID id = UUID.randomUUID();
    VitrineWorker first = worker("1");
    try {
      makeCurrent("1");
      Processes processes = new Processes(temporal.getWorkflowClient(), first.installation());
      first
          .registry()
          .images()
          .create(new Operation("a", "test", "run", "by a test"), NewImage.of(id, "acme"));
      first
          .registry()
          .locationChanges()
          .addFirst(new Operation("l", "test", "run", "by a test"), id, "https://example.org/a");
      // It keeps the data for long, in its workflow on the first version.
      processes.delete(id, ALICE, Duration.ofDays(1));

      try (VitrineWorker second = worker("2")) {
        assertThat(roll("2", "false")).startsWith("1 ").contains("gets nothing any more");
        assertThat(roll("2", "true")).startsWith("0 ").contains("version 2 is current");
        first.close();

        UUID other = UUID.randomUUID();
        second
            .registry()
            .images()
            .create(new Operation("b", "test", "run", "by a test"), NewImage.of(other, "acme"));
        assertThat(processes.delete(other, ALICE, Duration.ZERO).image().status())
            .isEqualTo(ImageStatus.DELETED);
        // What the first version began is joined, and so answered by the second.
        assertThat(processes.delete(id, ALICE, Duration.ofDays(1)).image().status())
            .isEqualTo(ImageStatus.PENDING_DELETE);
      }
    } finally {
      first.close();
    }
  }
}
