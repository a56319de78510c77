package dev.vitrine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Source;
import dev.vitrine.config.Settings;
import dev.vitrine.image.NewImage;
import dev.vitrine.registry.Registry;
import dev.vitrine.registry.sql.Registries;
import dev.vitrine.registry.sql.RegistryConfig;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.reconciliation.ReconciliationRequest;
import dev.vitrine.workflow.reconciliation.ReconciliationResult;
import dev.vitrine.workflow.reconciliation.ReconciliationWorkflow;
import dev.vitrine.workflow.upload.ImageUploadWorkflow;
import dev.vitrine.workflow.upload.UploadRequest;
import dev.vitrine.workflow.upload.UploadResult;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a release without installations: its names are written out, as they stay. */
class UpgradeTest {

  private static final String QUEUE = "vitrine";
  private static final Requester ALICE = Requester.member("alice", "acme");

  @TempDir Path directory;
  private final TestWorkflowEnvironment temporal =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder().setUseTimeskipping(false).build());

  /** A registry as that release leaves it: in use, and without an installation. */
  @BeforeEach
  void leaveARegistry() throws SQLException {
    open().close();
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.execute("delete from installation");
      statement.execute(
          "insert into reserved_ids (noun, id, reserved_at) values ('image', '%s', '2024-01-01')"
              .formatted(UUID.randomUUID()));
    }
  }

  @AfterEach
  void stop() {
    temporal.close();
  }

  @Test
  void executionsOnTheFormerQueuesAreFinished() throws Exception {
    NewImage image = NewImage.of(UUID.randomUUID(), "acme");
    Path file =
        Files.write(Files.createDirectories(directory.resolve("in")).resolve("x"), new byte[9]);
    for (var key : dev.vitrine.workflow.VitrineSearchAttributes.ALL) {
      temporal.registerSearchAttribute(
          key.getName(), io.temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
    }
    ImageUploadWorkflow upload =
        temporal
            .getWorkflowClient()
            .newWorkflowStub(ImageUploadWorkflow.class, options(WorkflowIds.upload(image.id())));
    WorkflowClient.start(
        upload::upload,
        UploadRequest.of(image, new Source.Url(file.toRealPath().toUri().toString()), ALICE));
    ReconciliationWorkflow pass =
        temporal
            .getWorkflowClient()
            .newWorkflowStub(ReconciliationWorkflow.class, options("reconciliation"));
    WorkflowClient.start(pass::reconcile, new ReconciliationRequest(null, null, null));

    try (VitrineWorker worker = startWorker()) {
      assertThat(result(upload, UploadResult.class).outcome())
          .isEqualTo(UploadResult.Outcome.ACTIVATED);
      assertThat(result(pass, ReconciliationResult.class).failed()).isZero();
      assertThat(worker.registry().installations().get().formerWork()).isTrue();
    }
  }

  private static <T> T result(Object workflow, Class<T> type) throws Exception {
    return WorkflowStub.fromTyped(workflow).getResult(60, TimeUnit.SECONDS, type);
  }

  private static WorkflowOptions options(String id) {
    return WorkflowOptions.newBuilder().setWorkflowId(id).setTaskQueue(QUEUE).build();
  }

  private VitrineWorker startWorker() throws IOException {
    return VitrineWorker.start(
        temporal.getWorkflowClient(),
        Settings.load(
            null,
            Map.of(
                "VITRINE_REGISTRY_URL",
                url(),
                "VITRINE_STORES",
                "local=" + directory.resolve("store"),
                "VITRINE_TRANSFER_SOURCE_ROOTS",
                directory.toRealPath().toString())),
        Clock.systemUTC());
  }

  private Registry open() {
    return Registries.open(RegistryConfig.of(url()), Clock.systemUTC());
  }

  private String url() {
    return "jdbc:sqlite:" + directory.resolve("registry.db");
  }
}
