package dev.vitrine.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.image.ImageStatus;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ends the process that serves the API in the middle of an upload. The reference leaves such an
 * image in saving and its data in the store for ever.
 */
@Timeout(300)
class ApiKillIT {

  private static final int SIZE = 32 << 20;
  private static final int SENT = 24 << 20;

  private final byte[] data = new byte[SIZE];
  @TempDir Path directory;

  @BeforeEach
  void fill() {
    new Random(11).nextBytes(data);
  }

  @Test
  void queuesTheImageAgainWhenTheApiIsKilled() throws Exception {
    try (Cluster cluster = new Cluster(directory)) {
      cluster.startWorker();
      ApiProcess api = cluster.startApiAlone();
      String id = api.createImage();
      try (Socket upload = api.beginUpload(id, data, SENT)) {
        awaitData(cluster);
        api.process().kill();
        assertThat(ApiProcess.statusLine(upload)).isEmpty();
      }
      assertThatItIsAsBefore(cluster, id);
    }
  }

  @Test
  void queuesTheImageAgainWhenTheApiIsStopped() throws Exception {
    try (Cluster cluster = new Cluster(directory)) {
      cluster.startWorker();
      ApiProcess api = cluster.startApiAlone();
      String id = api.createImage();
      try (Socket upload = api.beginUpload(id, data, SENT)) {
        awaitData(cluster);
        assertThat(api.process().terminate()).isIn(0, 143);
        assertThat(ApiProcess.statusLine(upload)).startsWith("HTTP/1.1 503 ");
      }
      assertThatItIsAsBefore(cluster, id);
    }
  }

  @Test
  void goesOnWhenTheWorkflowsWorkerIsKilled() throws Exception {
    try (Cluster cluster = new Cluster(directory)) {
      WorkerProcess worker = cluster.startWorker();
      ApiProcess api = cluster.startApiAlone();
      String id = api.createImage();
      try (Socket upload = api.beginUpload(id, data, SENT)) {
        awaitData(cluster);
        worker.kill();
        cluster.startWorker();
        upload.getOutputStream().write(data, SENT, SIZE - SENT);
        assertThat(ApiProcess.statusLine(upload)).startsWith("HTTP/1.1 204 ");
      }
      assertThat(status(cluster, id)).isEqualTo(ImageStatus.ACTIVE);
      assertThat(cluster.filesInStore())
          .singleElement()
          .satisfies(file -> assertThat(file).hasBinaryContent(data));
    }
  }

  private static void awaitData(Cluster cluster) throws InterruptedException {
    Eventually.until("data comes in", () -> !cluster.filesInStore().isEmpty());
  }

  private static ImageStatus status(Cluster cluster, String id) {
    return cluster.registry.lookup().find(UUID.fromString(id)).orElseThrow().status();
  }

  /** Nothing is left of the upload, and the image takes another one. */
  private void assertThatItIsAsBefore(Cluster cluster, String id) throws Exception {
    Eventually.until("the image is queued again", () -> status(cluster, id) == ImageStatus.QUEUED);
    Eventually.until("nothing is left in the store", () -> cluster.filesInStore().isEmpty());
    Eventually.until(
        "no location is left",
        () -> cluster.registry.locations().of(UUID.fromString(id)).isEmpty());
    assertThat(cluster.startApiAlone().upload(id, data)).isEqualTo(204);
    assertThat(status(cluster, id)).isEqualTo(ImageStatus.ACTIVE);
  }
}
