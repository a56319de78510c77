package dev.vitrine.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.activity.Operation;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.task.TaskSummary;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.task.TaskRequest;
import io.temporal.api.enums.v1.EventType;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What small durable work costs Temporal, and that it is durable, on the real server. */
@Timeout(300)
class AtOnceIT {

  private static final byte[] DATA = "a small image".getBytes(StandardCharsets.UTF_8);

  /** More than is stored at once. */
  private static final int LARGE = 9 << 20;

  @TempDir Path directory;

  /**
   * One workflow task is four events: the start, and the task scheduled, started and completed.
   * Then come a marker that says by which code it ran, one for each local activity, attributes
   * where somebody can look for them, and the end. Each more is paid for with every image.
   */
  @Test
  void costsOneWorkflowTaskAndAnEventForEachStep() throws Exception {
    try (Cluster cluster = new Cluster(directory)) {
      URI url = cluster.startApi();
      ApiProcess api = new ApiProcess(null, url);
      UUID uploaded = UUID.fromString(api.createImage());
      assertThat(api.upload(uploaded.toString(), DATA)).isEqualTo(204);
      new ApiCaller(url, "").delete("/v2/images/" + uploaded);
      String deletion = WorkflowIds.deletion(uploaded);
      Eventually.until(
          "no data is left", () -> cluster.registry.locations().of(uploaded).isEmpty());
      UUID task = UUID.randomUUID();
      Files.write(cluster.sources().resolve("small"), DATA);
      TaskSummary ended =
          cluster
              .client
              .startTask(
                  new TaskRequest(
                      task,
                      new TaskInput.Import(
                          cluster.sources().resolve("small").toUri().toString(),
                          "raw",
                          Map.of("container_format", "bare")),
                      Cluster.ALICE))
              .await();

      // The version, the upload.
      assertThat(events(cluster, WorkflowIds.upload(uploaded))).hasSize(4 + 1 + 1 + 1);
      // The version, the removal.
      Eventually.until(
          "the deletion is over", () -> events(cluster, deletion).size() == 4 + 1 + 1 + 1);
      // The version; the task created and started, the image registered and uploaded, the task
      // done; the status and the image for whoever looks for the task.
      assertThat(ended.status()).isEqualTo(TaskStatus.SUCCESS);
      assertThat(events(cluster, WorkflowIds.task(task))).hasSize(4 + 1 + 5 + 1 + 1);
      UUID made = Objects.requireNonNull(ended.imageId());
      assertThatThrownBy(() -> cluster.client.upload(made).state()).isInstanceOf(NotFound.class);
      // The start, and the steps of the workflow task; and what says that the task is over.
      assertThat(actions(cluster, WorkflowIds.upload(uploaded))).isEqualTo(1 + 1);
      assertThat(actions(cluster, deletion)).isEqualTo(1 + 1);
      assertThat(actions(cluster, WorkflowIds.task(task))).isEqualTo(1 + 1 + 1);
      // Two workflow tasks, the transfer between them, and a status at the begin and at the end.
      UUID large = UUID.fromString(api.createImage());
      assertThat(api.upload(large.toString(), new byte[LARGE])).isEqualTo(204);
      assertThat(actions(cluster, WorkflowIds.upload(large))).isEqualTo(1 + 2 + 1 + 2);
      for (String workflow :
          List.of(WorkflowIds.upload(uploaded), deletion, WorkflowIds.task(task))) {
        assertThat(events(cluster, workflow))
            .filteredOn(EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED::equals)
            .hasSize(1);
      }
    }
  }

  @Test
  void queuesTheImageAgainWhenItsProcessIsKilledBeforeTheDataIsRecorded() throws Exception {
    try (Cluster cluster = new Cluster(directory)) {
      cluster.startWorker();
      ApiProcess api = cluster.startApiAlone();
      UUID id = UUID.fromString(api.createImage());
      try (Connection held = cluster.hold("update", "measured_data");
          Socket upload = api.beginUpload(id.toString(), DATA, DATA.length)) {
        Eventually.until("the data is written", () -> !cluster.filesInStore().isEmpty());
        assertThat(image(cluster, id).status()).isEqualTo(ImageStatus.SAVING);
        api.process().kill();
        assertThat(ApiProcess.statusLine(upload)).isEmpty();
        assertThat(held.isClosed()).isFalse();
      }
      Eventually.until(
          "the image is queued again", () -> image(cluster, id).status() == ImageStatus.QUEUED);
      Eventually.until("no byte is left", () -> cluster.filesInStore().isEmpty());
      Eventually.until("no location is left", () -> cluster.registry.locations().of(id).isEmpty());
    }
  }

  @Test
  void removesTheDataWhenTheProcessIsKilledAfterTheDeletionWasDecided() throws Exception {
    try (Cluster cluster = new Cluster(directory)) {
      cluster.startWorker();
      ApiProcess api = cluster.startApiAlone();
      UUID decided = UUID.fromString(api.createImage());
      UUID begun = UUID.fromString(api.createImage());
      assertThat(api.upload(decided.toString(), DATA)).isEqualTo(204);
      assertThat(api.upload(begun.toString(), DATA)).isEqualTo(204);
      try (Connection held = cluster.hold("delete", "image_locations")) {
        new ApiCaller(api.url(), "").delete("/v2/images/" + begun);
        // As a process leaves it that dies before it has started anything for it.
        Image unused =
            cluster
                .registry
                .deletions()
                .delete(
                    new Operation("dies", "request", "request", "deleted"), decided, Duration.ZERO);
        assertThat(image(cluster, begun).status()).isEqualTo(ImageStatus.DELETED);
        api.process().kill();
        assertThat(held.isClosed()).isFalse();
      }
      for (UUID id : List.of(decided, begun)) {
        Eventually.until(
            "no location is left", () -> cluster.registry.locations().of(id).isEmpty());
      }
      assertThat(cluster.filesInStore()).isEmpty();
    }
  }

  private static Image image(Cluster cluster, UUID id) {
    return cluster.registry.lookup().find(id).orElseThrow();
  }

  private static long actions(Cluster cluster, String workflowId) {
    return BillableActions.of(
        cluster.temporal().fetchHistory(workflowId).getHistory().getEventsList());
  }

  private static List<EventType> events(Cluster cluster, String workflowId) {
    return cluster.temporal().fetchHistory(workflowId).getHistory().getEventsList().stream()
        .map(event -> event.getEventType())
        .toList();
  }
}
