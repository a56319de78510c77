package dev.vitrine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import dev.vitrine.access.Requester;
import dev.vitrine.config.Settings;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.process.Installations;
import dev.vitrine.process.Processes;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.action.ImageAction;
import io.temporal.api.workflowservice.v1.RegisterNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.testing.TestWorkflowEnvironment;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two of anything on one real server. */
class TwoInstallationsIT {

  private static final Requester ALICE = Requester.member("alice", "acme");
  private static final int DELETIONS = 10;

  @TempDir Path directory;
  private TestWorkflowEnvironment temporal;

  @BeforeEach
  void start() {
    temporal = RealTemporal.start();
  }

  @AfterEach
  void stop() {
    temporal.close();
  }

  @Test
  void withRegistriesOfTheirOwnTheyShareANamespaceAndNothingElse() throws Exception {
    WorkflowClient client = temporal.getWorkflowClient();
    assertThatThrownBy(() -> Installations.find(client, java.time.Duration.ofSeconds(10)))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("start a worker");
    try (VitrineWorker one = startWorker(client, "one")) {
      assertThat(Installations.find(client, java.time.Duration.ofSeconds(10)))
          .isEqualTo(one.installation());
      try (VitrineWorker two = startWorker(client, "two")) {
        List<CompletableFuture<?>> deletions = new ArrayList<>();
        for (int i = 0; i < DELETIONS; i++) {
          deletions.add(deletion(client, one));
          deletions.add(deletion(client, two));
        }
        for (CompletableFuture<?> deletion : deletions) {
          deletion.get(60, TimeUnit.SECONDS);
        }

        Installation.await("both Schedules of reconciliation are listed", () -> schedules() == 2);
        assertThatThrownBy(() -> Installations.find(client, java.time.Duration.ofSeconds(10)))
            .isInstanceOf(Invalid.class)
            .hasMessageContaining(one.installation().value())
            .hasMessageContaining(two.installation().value())
            .hasMessageContaining("VITRINE_INSTALLATION");
      }
    }
  }

  private CompletableFuture<?> deletion(WorkflowClient client, VitrineWorker worker) {
    Processes processes = new Processes(client, worker.installation());
    UUID id = UUID.randomUUID();
    processes.act(new ImageAction.Register(NewImage.of(id, "acme"), ALICE));
    return processes
        .startDeletion(id, ALICE, java.time.Duration.ZERO)
        .thenAccept(
            handle ->
                assertThat(worker.registry().lookup().find(id).orElseThrow().status())
                    .isEqualTo(ImageStatus.DELETED));
  }

  private long schedules() {
    return ScheduleClient.newInstance(temporal.getWorkflowServiceStubs())
        .listSchedules()
        .filter(each -> each.getScheduleId().startsWith(WorkflowIds.SCHEDULES))
        .count();
  }

  @Test
  void withOneRegistryASecondInAnotherNamespaceIsRefusedUntilItIsMoved() {
    WorkflowClient here = temporal.getWorkflowClient();
    WorkflowClient elsewhere = inNamespace("elsewhere");
    startWorker(here, "one").close();

    assertThatThrownBy(() -> startWorker(elsewhere, "one"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("runs in namespace default")
        .hasMessageContaining("connected to namespace elsewhere")
        .hasMessageContaining("--move-installation");

    InstallationMove move =
        VitrineWorker.moveInstallation(elsewhere, settings("one"), Clock.systemUTC());
    assertThat(move.display())
        .contains("runs in namespace elsewhere", "it ran in namespace default");
    startWorker(elsewhere, "one").close();
    assertThatThrownBy(() -> startWorker(here, "one")).isInstanceOf(Invalid.class);
  }

  @Test
  void aServerOfTheSameNamesIsAnotherPlace() {
    startWorker(temporal.getWorkflowClient(), "one").close();
    try (TestWorkflowEnvironment other = RealTemporal.start()) {
      assertThatThrownBy(() -> startWorker(other.getWorkflowClient(), "one"))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("connected to namespace default");
    }
  }

  private WorkflowClient inNamespace(String name) {
    var unused =
        temporal
            .getWorkflowServiceStubs()
            .blockingStub()
            .registerNamespace(
                RegisterNamespaceRequest.newBuilder()
                    .setNamespace(name)
                    .setWorkflowExecutionRetentionPeriod(Duration.newBuilder().setSeconds(86_400))
                    .build());
    WorkflowClient client =
        WorkflowClient.newInstance(
            temporal.getWorkflowServiceStubs(),
            WorkflowClientOptions.newBuilder().setNamespace(name).build());
    try {
      Installation.await("the server knows the namespace", () -> isKnown(client));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return client;
  }

  private static boolean isKnown(WorkflowClient client) {
    try {
      return InstallationHome.of(client).namespaceId() != null
          && ScheduleClient.newInstance(
                      client.getWorkflowServiceStubs(),
                      io.temporal.client.schedules.ScheduleClientOptions.newBuilder()
                          .setNamespace(client.getOptions().getNamespace())
                          .build())
                  .listSchedules()
                  .count()
              == 0;
    } catch (RuntimeException notYet) {
      return false;
    }
  }

  private VitrineWorker startWorker(WorkflowClient client, String name) {
    return VitrineWorker.start(client, settings(name), Clock.systemUTC());
  }

  private Settings settings(String name) {
    return Settings.load(
        null,
        Map.of(
            "VITRINE_REGISTRY_URL",
            "jdbc:sqlite:" + directory.resolve(name + ".db"),
            "VITRINE_STORES",
            "local=" + directory.resolve(name)));
  }
}
