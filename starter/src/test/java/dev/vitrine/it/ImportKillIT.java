package dev.vitrine.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.image.HistoryEntry;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.task.Task;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.workflow.WorkflowIds;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kills processes in the middle of stages and imports. The reference leaves such an image in
 * importing, from which only a deletion leads, and its data in a directory or a store for ever.
 */
@Timeout(300)
class ImportKillIT {

  private static final int SIZE = 48 << 20;
  private static final int HALF = 32 << 20;

  private final byte[] data = new byte[SIZE];
  @TempDir Path directory;

  @BeforeEach
  void fill() {
    new Random(13).nextBytes(data);
  }

  private static Image image(Cluster cluster, String id) {
    return cluster.registry.lookup().find(UUID.fromString(id)).orElseThrow();
  }

  private static Task task(Cluster cluster, UUID id) {
    return cluster.registry.taskRuns().find(id).orElseThrow();
  }

  private static UUID begin(URI api, String id, String body) {
    HttpResponse<String> answer =
        new ApiCaller(api, "")
            .send("POST", "/v2/images/" + id + "/import", "application/json", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return UUID.fromString(answer.headers().firstValue("x-vitrine-task-id").orElseThrow());
  }

  private static String download(HoldingSource source, String rest) {
    return "{\"method\": {\"name\": \"web-download\", \"uri\": \"%s\"}%s}"
        .formatted(source.url(), rest);
  }

  private static void awaitTask(Cluster cluster, UUID task, TaskStatus status)
      throws InterruptedException {
    Eventually.until("the task is over", () -> task(cluster, task).status().isFinal());
    assertThat(task(cluster, task).status())
        .as("%s", task(cluster, task).message())
        .isEqualTo(status);
  }

  /** Nothing is left of the import, and the image takes another one. */
  private static void assertThatItIsAsBefore(Cluster cluster, S3Server s3, String id)
      throws Exception {
    Eventually.until(
        "the image is queued again", () -> image(cluster, id).status() == ImageStatus.QUEUED);
    Eventually.until(
        "nothing is left in the stores",
        () ->
            cluster.filesInStore().isEmpty()
                && cluster.filesInSecondStore().isEmpty()
                && s3.objects().isEmpty()
                && s3.uploads().isEmpty());
    Eventually.until(
        "no location is left",
        () -> cluster.registry.locations().of(UUID.fromString(id)).isEmpty());
  }

  private void assertThatItIsIn(Cluster cluster, String id, String... stores) throws Exception {
    Image image = image(cluster, id);
    assertThat(image.status()).isEqualTo(ImageStatus.ACTIVE);
    assertThat(image.size()).isEqualTo(SIZE);
    assertThat(image.checksum())
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(data)));
    assertThat(image.properties()).isEmpty();
    List<Location> locations = cluster.registry.locations().of(UUID.fromString(id));
    assertThat(locations).extracting(Location::store).containsExactlyInAnyOrder(stores);
    assertThat(locations).extracting(Location::status).containsOnly(LocationStatus.ACTIVE);
  }

  @Test
  void aStageWhoseProcessIsKilledLeavesAQueuedImageAndNoByte() throws Exception {
    try (S3Server s3 = new S3Server();
        Cluster cluster = Cluster.withThreeStores(directory, s3)) {
      cluster.startWorker();
      ApiProcess api = cluster.startApiAlone();
      String id = api.createImage();
      try (Socket stage = api.beginStage(id, data, HALF)) {
        Eventually.until("data comes in", () -> !cluster.filesInStore().isEmpty());
        assertThat(image(cluster, id).status()).isEqualTo(ImageStatus.UPLOADING);
        api.process().kill();
        assertThat(ApiProcess.statusLine(stage)).isEmpty();
      }
      assertThatItIsAsBefore(cluster, s3, id);
    }
  }

  @Test
  void anotherProcessImportsWhatOneThatIsGoneHasReceived() throws Exception {
    try (S3Server s3 = new S3Server();
        Cluster cluster = Cluster.withThreeStores(directory, s3)) {
      cluster.startWorker();
      ApiProcess first = cluster.startApiAlone();
      String id = first.createImage();
      try (Socket stage = first.beginStage(id, data, SIZE)) {
        assertThat(ApiProcess.statusLine(stage)).startsWith("HTTP/1.1 204 ");
      }
      first.process().kill();

      UUID task =
          begin(
              cluster.startApiAlone().url(),
              id,
              "{\"method\": {\"name\": \"glance-direct\"}, \"all_stores\": true}");

      awaitTask(cluster, task, TaskStatus.SUCCESS);
      assertThatItIsIn(cluster, id, "main", "second", "bucket");
      assertThat(s3.objects())
          .singleElement()
          .satisfies(object -> assertThat(s3.read(object.key())).isEqualTo(data));
      assertThat(cluster.filesInSecondStore())
          .singleElement()
          .satisfies(file -> assertThat(file).hasBinaryContent(data));
    }
  }

  @Test
  void anImportGoesOnWhereTheWorkerThatWasKilledStopped() throws Exception {
    try (S3Server s3 = new S3Server();
        Cluster cluster = Cluster.withThreeStores(directory, s3);
        HoldingSource source = new HoldingSource(data, HALF)) {
      cluster.startWorker();
      cluster.startWorker();
      URI api = cluster.startApiAlone().url();
      String id = new ApiCaller(api, "").createImage("private", false);
      UUID task = begin(api, id, download(source, ", \"all_stores\": true"));
      source.awaitHeld();
      assertThat(image(cluster, id).status()).isEqualTo(ImageStatus.IMPORTING);
      awaitSomethingDurable(cluster, task);

      cluster.transferring(WorkflowIds.task(task)).kill();

      awaitTask(cluster, task, TaskStatus.SUCCESS);
      assertThatItIsIn(cluster, id, "main", "second", "bucket");
      assertThat(source.starts()).hasSize(2).first().isEqualTo(0L);
      assertThat(source.starts().get(1)).isPositive();
      assertThat(s3.uploads()).isEmpty();
    }
  }

  /** Everything is read, and two of three stores have it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theWorkerIsKilledWhileAnImportIsStoring(boolean theBucketGoesOn) throws Exception {
    try (S3Server s3 = new S3Server();
        Cluster cluster = Cluster.withThreeStores(directory, s3);
        HoldingSource source = new HoldingSource(data, SIZE)) {
      cluster.startWorker();
      cluster.startWorker();
      URI api = cluster.startApiAlone().url();
      String id = new ApiCaller(api, "").createImage("private", false);
      s3.blobs().holdNext();
      UUID task = begin(api, id, download(source, ", \"all_stores\": true"));
      s3.blobs().awaitHeld();
      assertThat(image(cluster, id).status()).isEqualTo(ImageStatus.IMPORTING);
      assertThat(s3.objects()).isEmpty();

      cluster.transferring(WorkflowIds.task(task)).kill();
      if (theBucketGoesOn) {
        s3.blobs().release();
      }

      awaitTask(cluster, task, TaskStatus.SUCCESS);
      assertThatItIsIn(cluster, id, "main", "second", "bucket");
      assertThat(s3.objects())
          .singleElement()
          .satisfies(object -> assertThat(s3.read(object.key())).isEqualTo(data));
      assertThat(s3.uploads()).isEmpty();
      for (List<Path> files : List.of(cluster.filesInStore(), cluster.filesInSecondStore())) {
        assertThat(files)
            .singleElement()
            .satisfies(file -> assertThat(file).hasBinaryContent(data));
      }
      assertThat(cluster.registry.history().ofImage(UUID.fromString(id)))
          .extracting(HistoryEntry::to)
          .containsOnlyOnce("active");
    }
  }

  private static void awaitSomethingDurable(Cluster cluster, UUID task)
      throws InterruptedException {
    Eventually.until(
        "something is durable",
        () ->
            cluster
                .client
                .task(task)
                .progress()
                .map(progress -> progress.bytes() > 0)
                .orElse(false));
  }

  @Test
  void anImportThatSomebodyTerminatesIsTakenBack() throws Exception {
    try (S3Server s3 = new S3Server();
        Cluster cluster = Cluster.withThreeStores(directory, s3);
        HoldingSource source = new HoldingSource(data, HALF)) {
      cluster.startWorker();
      URI api = cluster.startApiAlone().url();
      String id = new ApiCaller(api, "").createImage("private", false);
      UUID task = begin(api, id, download(source, ", \"all_stores\": true"));
      source.awaitHeld();

      cluster
          .temporal()
          .newUntypedWorkflowStub(WorkflowIds.task(task))
          .terminate("pressed Terminate in the Web UI");

      awaitTask(cluster, task, TaskStatus.FAILURE);
      source.release();
      assertThatItIsAsBefore(cluster, s3, id);
      UUID again = begin(api, id, download(source, ", \"stores\": [\"second\"]"));
      awaitTask(cluster, again, TaskStatus.SUCCESS);
      assertThatItIsIn(cluster, id, "second");
    }
  }

  @Test
  void anImportWhoseImageIsDeletedLeavesNothing() throws Exception {
    try (S3Server s3 = new S3Server();
        Cluster cluster = Cluster.withThreeStores(directory, s3);
        HoldingSource source = new HoldingSource(data, HALF)) {
      cluster.startWorker();
      URI api = cluster.startApiAlone().url();
      ApiCaller caller = new ApiCaller(api, "");
      String id = caller.createImage("private", false);
      UUID task = begin(api, id, download(source, ", \"all_stores\": true"));
      source.awaitHeld();

      caller.delete("/v2/images/" + id);

      awaitTask(cluster, task, TaskStatus.FAILURE);
      assertThat(task(cluster, task).message()).contains("the image was deleted by ");
      Eventually.until(
          "nothing is left in the stores",
          () -> cluster.filesInStore().isEmpty() && s3.uploads().isEmpty());
      Eventually.until(
          "no location is left",
          () -> cluster.registry.locations().of(UUID.fromString(id)).isEmpty());
      assertThat(image(cluster, id).status()).isEqualTo(ImageStatus.DELETED);
    }
  }

  @Test
  void oneStoreThatIsDownTakesTheImportBackOrIsNamed() throws Exception {
    Path here = directory;
    try (S3Server s3 = new S3Server();
        Cluster cluster =
            Cluster.withThreeStores(
                here, s3, Map.of("VITRINE_TRANSFER_MAX_ATTEMPTS_WITHOUT_PROGRESS", "2"));
        HoldingSource source = new HoldingSource(data, SIZE)) {
      cluster.startWorker();
      URI api = cluster.startApiAlone().url();
      String id = new ApiCaller(api, "").createImage("private", false);
      cluster.breakSecondStore();

      UUID strict = begin(api, id, download(source, ", \"stores\": [\"main\", \"second\"]"));
      awaitTask(cluster, strict, TaskStatus.FAILURE);

      assertThat(task(cluster, strict).message()).contains("store 'second'", "attempt ");
      assertThat(image(cluster, id).properties())
          .containsEntry("os_glance_failed_import", "second");
      Eventually.until("the good store is clean", () -> cluster.filesInStore().isEmpty());
      assertThat(image(cluster, id).status()).isEqualTo(ImageStatus.QUEUED);

      UUID lenient =
          begin(
              api,
              id,
              download(
                  source,
                  ", \"stores\": [\"main\", \"second\"], \"all_stores_must_succeed\": false"));
      awaitTask(cluster, lenient, TaskStatus.SUCCESS);
      assertThat(image(cluster, id).status()).isEqualTo(ImageStatus.ACTIVE);
      assertThat(image(cluster, id).properties())
          .containsEntry("os_glance_failed_import", "second");
      assertThat(task(cluster, lenient).result()).containsKey("failed_stores");
    }
  }
}
