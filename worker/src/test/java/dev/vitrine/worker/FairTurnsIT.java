package dev.vitrine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.access.Requester;
import dev.vitrine.config.Settings;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.process.Processes;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.upload.UploadRequest;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backlog on a real server that knows fairness. */
class FairTurnsIT {

  /** Each partition of a queue is fair by itself: with one there is one order. */
  private static final Map<String, String> FAIRNESS =
      Map.of(
          "matching.useNewMatcher", "true",
          "matching.enableFairness", "true",
          "matching.numTaskqueueReadPartitions", "1",
          "matching.numTaskqueueWritePartitions", "1");

  private static final int BACKLOG = 20;

  @Test
  void whatAProjectHasQueuedDoesNotKeepAnotherOneWaiting(@TempDir Path directory) throws Exception {
    InstallationFiles files = new InstallationFiles(directory);
    try (TestWorkflowEnvironment temporal = RealTemporal.start(FAIRNESS);
        VitrineWorker workflows = worker(temporal, files, "workflow")) {
      Processes processes = new Processes(temporal.getWorkflowClient(), workflows.installation());
      List<UUID> queued = new ArrayList<>();
      for (int i = 0; i < BACKLOG; i++) {
        queued.add(upload(processes, files, Installation.ALICE));
      }
      awaitQueued(temporal.getWorkflowClient(), queued);
      UUID late = upload(processes, files, Installation.BOB);
      awaitQueued(temporal.getWorkflowClient(), List.of(late));

      List<UUID> all = Stream.concat(queued.stream(), Stream.of(late)).toList();
      try (VitrineWorker transfers = worker(temporal, files, "transfer")) {
        Installation.await("all are active", () -> active(transfers, all).size() == all.size());
      }
      assertThat(active(workflows, all).indexOf(late)).isLessThan(BACKLOG / 4);
    }
  }

  private static VitrineWorker worker(
      TestWorkflowEnvironment temporal, InstallationFiles files, String role) {
    Map<String, String> environment = new HashMap<>(files.environment());
    environment.put("VITRINE_WORKER_ROLES", role);
    environment.put("VITRINE_TRANSFER_CONCURRENT_TRANSFERS", "1");
    return VitrineWorker.start(
        temporal.getWorkflowClient(), Settings.load(null, environment), Clock.systemUTC());
  }

  private static UUID upload(Processes processes, InstallationFiles files, Requester by)
      throws IOException {
    NewImage image = NewImage.of(UUID.randomUUID(), by.project());
    processes.startUpload(UploadRequest.of(image, files.file(new byte[100]), by));
    return image.id();
  }

  private static void awaitQueued(WorkflowClient client, List<UUID> images)
      throws InterruptedException {
    for (UUID image : images) {
      Installation.await("its transfer is in the queue", () -> isQueued(client, image));
    }
  }

  private static boolean isQueued(WorkflowClient client, UUID image) {
    return client
            .getWorkflowServiceStubs()
            .blockingStub()
            .describeWorkflowExecution(
                DescribeWorkflowExecutionRequest.newBuilder()
                    .setNamespace(client.getOptions().getNamespace())
                    .setExecution(
                        WorkflowExecution.newBuilder().setWorkflowId(WorkflowIds.upload(image)))
                    .build())
            .getPendingActivitiesCount()
        == 1;
  }

  /** Those of them that are active, in the order in which they came to be. */
  private static List<UUID> active(VitrineWorker worker, List<UUID> images) {
    return images.stream()
        .map(id -> worker.registry().lookup().find(id))
        .flatMap(found -> found.stream())
        .filter(image -> image.status() == ImageStatus.ACTIVE)
        .sorted(Comparator.comparing(Image::updatedAt))
        .map(Image::id)
        .toList();
  }
}
