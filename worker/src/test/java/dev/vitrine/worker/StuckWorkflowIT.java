package dev.vitrine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Operation;
import dev.vitrine.config.Settings;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.workflow.TaskQueues;
import dev.vitrine.workflow.WorkflowIds;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real server, which keeps trying a workflow that no worker can run. */
class StuckWorkflowIT {

  @Test
  void isGivenUpAndItsImageSettled(@TempDir Path directory) throws Exception {
    UUID id = UUID.randomUUID();
    Map<String, String> environment =
        Map.of(
            "VITRINE_REGISTRY_URL",
            "jdbc:sqlite:" + directory.resolve("registry.db"),
            "VITRINE_STORES",
            "local=" + directory.resolve("store"),
            "VITRINE_RECONCILIATION_INTERVAL",
            "1s",
            "VITRINE_RECONCILIATION_STUCK_AFTER",
            "1s");
    try (TestWorkflowEnvironment temporal = RealTemporal.start();
        VitrineWorker worker =
            VitrineWorker.start(
                temporal.getWorkflowClient(),
                Settings.load(null, environment),
                Clock.systemUTC())) {
      WorkflowStub upload =
          temporal
              .getWorkflowClient()
              .newUntypedWorkflowStub(
                  "ImageUpload",
                  WorkflowOptions.newBuilder()
                      .setWorkflowId(WorkflowIds.upload(id))
                      .setTaskQueue(TaskQueues.of(worker.installation()).workflows())
                      .build());
      upload.start(
          Map.of(
              "image_id", id.toString(),
              "source", Map.of("kind", "of-a-release-to-come"),
              "policy", "requeue",
              "by", Requester.member("alice", "acme")));
      Operation operation = new Operation("o", WorkflowIds.upload(id), "r", "by a test");
      worker.registry().images().create(operation, NewImage.of(id, "acme"));
      worker
          .registry()
          .uploads()
          .begin(
              new Operation("b", WorkflowIds.upload(id), "r", "by a test"),
              id,
              FailurePolicy.REQUEUE,
              "local",
              null);

      Installation.await("it is settled", () -> status(worker, id) == ImageStatus.QUEUED);

      assertThat(upload.describe().getStatus())
          .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TERMINATED);
      assertThat(worker.registry().history().of(id).get(2).cause())
          .contains("could not go on", "was terminated");
    }
  }

  private static ImageStatus status(VitrineWorker worker, UUID id) {
    return worker.registry().lookup().find(id).orElseThrow().status();
  }
}
