package dev.vitrine.it;

import static dev.vitrine.it.Cluster.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.activity.Source;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.process.UploadHandle;
import dev.vitrine.workflow.upload.UploadRequest;
import dev.vitrine.workflow.upload.UploadResult;
import dev.vitrine.workflow.upload.UploadResult.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workers of the build before and of this one, side by side on one registry. The system property
 * {@code vitrine.previous-jar} names the former's {@code vitrine-worker.jar}.
 */
@Timeout(600)
@EnabledIfSystemProperty(named = PreviousBuildIT.JAR, matches = ".+")
class PreviousBuildIT {

  static final String JAR = "vitrine.previous-jar";

  private static final int TRANSFERS = 50;

  /** More than is moved within a workflow task. */
  private static final int SIZE = 9 << 20;

  private static final int HELD = 4 << 20;

  private final Path previous = Path.of(System.getProperty(JAR, ""));
  private final byte[] data = new byte[SIZE];
  @TempDir Path directory;

  @BeforeEach
  void fill() {
    new Random(21).nextBytes(data);
  }

  @Test
  void fiftyTransfersOutliveTheRollFromTheBuildBefore() throws Exception {
    try (Cluster cluster = new Cluster(directory);
        HoldingSource source = new HoldingSource(data, HELD, true)) {
      WorkerProcess first = cluster.startWorkerOf(previous);
      WorkerProcess second = cluster.startWorkerOf(previous);
      List<UploadHandle> uploads = new ArrayList<>();
      Set<UUID> images = new HashSet<>();
      for (int i = 0; i < TRANSFERS; i++) {
        NewImage image = NewImage.of(UUID.randomUUID(), ALICE.project());
        images.add(image.id());
        uploads.add(
            cluster.client.startUpload(
                UploadRequest.of(image, new Source.Url(source.url()), ALICE)));
      }
      Eventually.until("both are busy", () -> source.starts().size() >= 16);

      cluster.startWorker();
      assertThat(first.terminate()).isIn(0, 143);
      cluster.startWorker();
      assertThat(second.terminate()).isIn(0, 143);
      source.release();

      for (UploadHandle upload : uploads) {
        UploadResult result = upload.await();
        assertThat(result.outcome()).as("%s", result).isEqualTo(Outcome.ACTIVATED);
      }
      assertThat(cluster.filesInStore())
          .hasSize(TRANSFERS)
          .allSatisfy(file -> assertThat(file).hasBinaryContent(data));
      // What had begun before the roll was gone on with, and not begun again.
      assertThat(source.starts().stream().filter(start -> start == 0)).hasSize(TRANSFERS);
      for (UUID id : images) {
        assertThat(cluster.registry.lookup().find(id).map(Image::status))
            .contains(ImageStatus.ACTIVE);
      }
    }
  }

  @Test
  void theBuildBeforeWorksOnTheNewSchema() throws Exception {
    try (Cluster cluster = new Cluster(directory)) {
      // The registry is made, or brought up to date, by this build.
      assertThat(cluster.registry.installations().get()).isNotNull();
      WorkerProcess old = cluster.startWorkerOf(previous);
      Path file = Files.write(cluster.sources().resolve("x"), data);
      NewImage image = NewImage.of(UUID.randomUUID(), ALICE.project());

      UploadResult result =
          cluster
              .client
              .startUpload(UploadRequest.of(image, new Source.Url(file.toUri().toString()), ALICE))
              .await();

      assertThat(result.outcome()).isEqualTo(Outcome.ACTIVATED);
      cluster.client.delete(image.id(), ALICE, Duration.ZERO).awaitDataRemoved();
      assertThat(cluster.filesInStore()).isEmpty();
      assertThat(old.isAlive()).isTrue();
    }
  }
}
