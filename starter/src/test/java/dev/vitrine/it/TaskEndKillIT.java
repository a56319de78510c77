package dev.vitrine.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.image.HistoryEntry;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.task.Task;
import dev.vitrine.task.TaskStatus;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a worker in the middle of the end of a task. */
@Timeout(300)
class TaskEndKillIT {

  private static final int SIZE = 24 << 20;
  private static final Pattern ID = Pattern.compile("\"id\": ?\"([0-9a-f-]{36})\"");

  @TempDir Path directory;

  private static Task task(Cluster cluster, UUID id) {
    return cluster.registry.taskRuns().find(id).orElseThrow();
  }

  @Test
  void theWorkerIsKilledBetweenImageActiveAndTaskSuccess() throws Exception {
    byte[] data = new byte[SIZE];
    new Random(15).nextBytes(data);
    try (Cluster cluster = new Cluster(directory);
        HoldingSource source = new HoldingSource(data, SIZE / 2)) {
      WorkerProcess worker = cluster.startWorker();
      URI api = cluster.startApiAlone(Map.of("VITRINE_API_RUN_WORKFLOWS", "false")).url();
      HttpResponse<String> asked =
          new ApiCaller(api, "")
              .send(
                  "POST",
                  "/v2/tasks",
                  "application/json",
                  """
                  {"type": "import", "input": {"import_from": "%s", "import_from_format": "raw",
                   "image_properties": {"container_format": "bare"}}}
                  """
                      .formatted(source.url()));
      Matcher named = ID.matcher(asked.body());
      assertThat(named.find()).as(asked.body()).isTrue();
      UUID task = UUID.fromString(named.group(1));
      source.awaitHeld();
      UUID id = Objects.requireNonNull(task(cluster, task).imageId());
      try (Connection held = cluster.hold("update", "tasks")) {
        assertThat(held.isValid(1)).isTrue();
        source.release();
        Eventually.until(
            "the image is active",
            () -> cluster.registry.lookup().find(id).orElseThrow().status() == ImageStatus.ACTIVE);
        assertThat(task(cluster, task).status()).isEqualTo(TaskStatus.PROCESSING);
        worker.kill();
      }
      cluster.startWorker();

      Eventually.until(
          "the task succeeds", () -> task(cluster, task).status() == TaskStatus.SUCCESS);
      assertThat(cluster.registry.history().ofImage(id))
          .extracting(HistoryEntry::to)
          .containsOnlyOnce("active");
      assertThat(cluster.filesInStore())
          .singleElement()
          .satisfies(file -> assertThat(file).hasBinaryContent(data));
    }
  }
}
