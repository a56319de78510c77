package dev.vitrine.it;

import static dev.vitrine.it.Cluster.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.activity.Source;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.NewImage;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.workflow.task.TaskRequest;
import dev.vitrine.workflow.upload.UploadRequest;
import dev.vitrine.workflow.upload.UploadResult.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of the built worker, at its start, in everyday work and at its end. */
class WorkerLogIT {

  @TempDir Path directory;

  @Test
  void hasNothingThatAnOperatorCanDoNothingAbout() throws Exception {
    Path log = directory.resolve("worker.log");
    try (Cluster cluster = new Cluster(directory);
        HoldingSource source = new HoldingSource(new byte[1 << 20], 1 << 19)) {
      WorkerProcess worker = cluster.startWorker(log);
      everydayWork(cluster);
      NewImage handedOver = NewImage.of(UUID.randomUUID(), ALICE.project());
      cluster.client.startUpload(UploadRequest.of(handedOver, new Source.Url(source.url()), ALICE));
      source.awaitHeld();
      assertThat(worker.terminate()).isIn(0, 143);
    }

    List<String> lines = Files.readAllLines(log);
    assertThat(lines)
        .isNotEmpty()
        .allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT[^ ]+ INFO .*"))
        .anyMatch(line -> line.contains("started: installation "))
        .last()
        .asString()
        .endsWith("stopped");
  }

  private static void everydayWork(Cluster cluster) throws Exception {
    Source.Url file =
        new Source.Url(
            Files.write(cluster.sources().resolve("x"), new byte[1000]).toUri().toString());
    NewImage image = NewImage.of(UUID.randomUUID(), ALICE.project());
    UploadRequest upload = UploadRequest.of(image, file, ALICE);
    assertThat(cluster.client.startUpload(upload).await().outcome()).isEqualTo(Outcome.ACTIVATED);
    assertThatThrownBy(() -> cluster.client.startUpload(upload).await())
        .isInstanceOf(Conflict.class);
    Source.Url missing = new Source.Url(cluster.sources().resolve("missing").toUri().toString());
    NewImage failing = NewImage.of(UUID.randomUUID(), ALICE.project());
    assertThat(
            cluster.client.startUpload(UploadRequest.of(failing, missing, ALICE)).await().outcome())
        .isEqualTo(Outcome.REQUEUED);
    assertThat(
            cluster
                .client
                .startTask(
                    new TaskRequest(
                        UUID.randomUUID(),
                        new TaskInput.Import(missing.url(), "raw", Map.of()),
                        ALICE))
                .await()
                .status())
        .isEqualTo(TaskStatus.FAILURE);
    assertThatThrownBy(() -> cluster.client.delete(UUID.randomUUID(), ALICE, Duration.ZERO))
        .isInstanceOf(NotFound.class);
    cluster.client.delete(image.id(), ALICE, Duration.ZERO).awaitDataRemoved();
  }
}
