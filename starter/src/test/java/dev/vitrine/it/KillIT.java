package dev.vitrine.it;

import static dev.vitrine.it.Cluster.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.activity.Source;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.process.UploadHandle;
import dev.vitrine.task.Progress;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.upload.UploadRequest;
import dev.vitrine.workflow.upload.UploadResult;
import dev.vitrine.workflow.upload.UploadResult.Outcome;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills worker processes in the middle of a transfer. */
@Timeout(300)
class KillIT {

  private static final int SIZE = 96 << 20;
  private static final int HOLD_AT = 80 << 20;

  private final byte[] data = new byte[SIZE];
  private final UUID id = UUID.randomUUID();
  @TempDir Path directory;

  @BeforeEach
  void fill() {
    new Random(7).nextBytes(data);
  }

  @Test
  void resumesOnAnotherWorkerWhenOneIsKilled() throws Exception {
    try (Cluster cluster = new Cluster(directory);
        HoldingSource source = new HoldingSource(data, HOLD_AT)) {
      cluster.startWorker();
      cluster.startWorker();
      UploadHandle upload = start(cluster, source);
      source.awaitHeld();
      long durable = awaitDurable(upload);

      cluster.transferring(id).kill();

      UploadResult result = upload.await();
      assertThat(result.outcome()).isEqualTo(Outcome.ACTIVATED);
      assertThat(source.starts()).hasSize(2).first().isEqualTo(0L);
      assertThat(source.starts().get(1)).isGreaterThanOrEqualTo(durable);
      assertComplete(cluster);
    }
  }

  @Test
  void handsTheTransferOverOnSigterm() throws Exception {
    try (Cluster cluster = new Cluster(directory);
        HoldingSource source = new HoldingSource(data, HOLD_AT)) {
      cluster.startWorker();
      cluster.startWorker();
      UploadHandle upload = start(cluster, source);
      source.awaitHeld();
      awaitDurable(upload);

      assertThat(cluster.transferring(id).terminate()).isIn(0, 143);

      assertThat(upload.await().outcome()).isEqualTo(Outcome.ACTIVATED);
      assertThat(source.starts()).hasSize(2);
      assertThat(source.starts().get(1)).isGreaterThanOrEqualTo(HOLD_AT - (2L << 20));
      assertComplete(cluster);
    }
  }

  @Test
  void somebodyTerminatesAWorkflowInTheWebUi() throws Exception {
    try (Cluster cluster = new Cluster(directory);
        HoldingSource source = new HoldingSource(data, HOLD_AT)) {
      cluster.startWorker();
      start(cluster, source);
      source.awaitHeld();

      cluster
          .temporal()
          .newUntypedWorkflowStub(WorkflowIds.upload(id))
          .terminate("pressed Terminate in the Web UI");

      Eventually.until(
          "the image is queued again",
          () -> cluster.registry.lookup().find(id).orElseThrow().status() == ImageStatus.QUEUED);
      source.release();
      Eventually.until("nothing is left in the store", () -> cluster.filesInStore().isEmpty());
      Eventually.until("no location is left", () -> cluster.registry.locations().of(id).isEmpty());
    }
  }

  @Test
  void waitsForAWorkerWhenAllAreKilled() throws Exception {
    try (Cluster cluster = new Cluster(directory);
        HoldingSource source = new HoldingSource(data, HOLD_AT)) {
      WorkerProcess only = cluster.startWorker();
      UploadHandle upload = start(cluster, source);
      source.awaitHeld();
      only.kill();
      source.release();
      assertThat(cluster.registry.lookup().find(id).orElseThrow().status())
          .isEqualTo(ImageStatus.SAVING);

      cluster.startWorker();

      assertThat(upload.await().outcome()).isEqualTo(Outcome.ACTIVATED);
      assertComplete(cluster);
    }
  }

  private UploadHandle start(Cluster cluster, HoldingSource source) {
    return cluster.client.startUpload(
        UploadRequest.of(NewImage.of(id, ALICE.project()), new Source.Url(source.url()), ALICE));
  }

  private static long awaitDurable(UploadHandle upload) throws InterruptedException {
    Eventually.until(
        "something is durable", () -> upload.progress().map(Progress::bytes).orElse(0L) > 0);
    return upload.progress().orElseThrow().bytes();
  }

  private void assertComplete(Cluster cluster) throws Exception {
    Image image = cluster.registry.lookup().find(id).orElseThrow();
    assertThat(image.status()).isEqualTo(ImageStatus.ACTIVE);
    assertThat(image.size()).isEqualTo(SIZE);
    assertThat(image.checksum()).isEqualTo(digest("MD5"));
    assertThat(image.osHashValue()).isEqualTo(digest("SHA-512"));
    assertThat(cluster.registry.locations().of(id))
        .singleElement()
        .satisfies(location -> assertThat(location.status()).isEqualTo(LocationStatus.ACTIVE));
    assertThat(cluster.filesInStore())
        .singleElement()
        .satisfies(file -> assertThat(file).hasSize(SIZE));
  }

  private String digest(String algorithm) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(data));
  }
}
