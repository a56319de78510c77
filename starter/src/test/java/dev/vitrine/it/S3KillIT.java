package dev.vitrine.it;

import static dev.vitrine.it.Cluster.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.activity.Source;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.process.UploadHandle;
import dev.vitrine.task.Progress;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.upload.UploadRequest;
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

/** Kills worker processes in the middle of a transfer into a bucket. */
@Timeout(300)
class S3KillIT {

  private static final int SIZE = 48 << 20;
  private static final int HOLD_AT = 40 << 20;

  private final byte[] data = new byte[SIZE];
  private final UUID id = UUID.randomUUID();
  @TempDir Path directory;

  @BeforeEach
  void fill() {
    new Random(7).nextBytes(data);
  }

  @Test
  void completesOnAnotherWorkerWhenOneIsKilledAndLeavesNoUploadBehind() throws Exception {
    try (S3Server s3 = new S3Server();
        Cluster cluster = new Cluster(directory, s3.store("main"), s3.credentials());
        HoldingSource source = new HoldingSource(data, HOLD_AT)) {
      cluster.startWorker();
      cluster.startWorker();
      UploadHandle upload = start(cluster, source);
      source.awaitHeld();
      Eventually.until(
          "something is durable", () -> upload.progress().map(Progress::bytes).orElse(0L) > 0);
      assertThat(s3.uploads()).hasSize(1);
      assertThat(s3.parts(s3.uploads().get(0))).isNotEmpty();

      cluster.transferring(id).kill();

      assertThat(upload.await().outcome()).isEqualTo(Outcome.ACTIVATED);
      assertThat(source.starts()).hasSize(2);
      assertComplete(cluster, s3);
    }
  }

  @Test
  void givesUpTheUploadThatATerminatedWorkflowLeaves() throws Exception {
    try (S3Server s3 = new S3Server();
        Cluster cluster = new Cluster(directory, s3.store("main"), s3.credentials());
        HoldingSource source = new HoldingSource(data, HOLD_AT)) {
      cluster.startWorker();
      start(cluster, source);
      source.awaitHeld();
      assertThat(s3.uploads()).hasSize(1);

      cluster
          .temporal()
          .newUntypedWorkflowStub(WorkflowIds.upload(id))
          .terminate("pressed Terminate in the Web UI");

      Eventually.until(
          "the image is queued again",
          () -> cluster.registry.lookup().find(id).orElseThrow().status() == ImageStatus.QUEUED);
      source.release();
      Eventually.until("no upload is left in the bucket", () -> s3.uploads().isEmpty());
      Eventually.until("no location is left", () -> cluster.registry.locations().of(id).isEmpty());
      assertThat(s3.objects()).isEmpty();
    }
  }

  private UploadHandle start(Cluster cluster, HoldingSource source) {
    return cluster.client.startUpload(
        UploadRequest.of(NewImage.of(id, ALICE.project()), new Source.Url(source.url()), ALICE));
  }

  private void assertComplete(Cluster cluster, S3Server s3) throws Exception {
    Image image = cluster.registry.lookup().find(id).orElseThrow();
    assertThat(image.status()).isEqualTo(ImageStatus.ACTIVE);
    assertThat(image.size()).isEqualTo(SIZE);
    assertThat(image.checksum()).isEqualTo(digest("MD5"));
    assertThat(image.osHashValue()).isEqualTo(digest("SHA-512"));
    assertThat(s3.uploads()).isEmpty();
    assertThat(s3.objects())
        .singleElement()
        .satisfies(
            object -> {
              assertThat(object.key()).startsWith("vitrine/" + id + "/");
              assertThat(s3.read(object.key())).isEqualTo(data);
            });
  }

  private String digest(String algorithm) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(data));
  }
}
