package dev.vitrine.worker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Source;
import dev.vitrine.config.Settings;
import dev.vitrine.download.Download;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Location;
import dev.vitrine.image.NewImage;
import dev.vitrine.workflow.TaskQueues;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.upload.ImageUploadWorkflow;
import dev.vitrine.workflow.upload.UploadRequest;
import dev.vitrine.workflow.upload.UploadResult;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole worker on the in-memory server and SQLite. */
@Timeout(120)
class VitrineWorkerTest {

  private static final Requester SOMEBODY = Requester.member("somebody", "a project");
  private static final byte[] DATA = "what an image holds".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path directory;

  private @Nullable TaskQueues queues;
  private final UUID id = UUID.randomUUID();
  private final TestWorkflowEnvironment temporal =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder().setUseTimeskipping(false).build());

  @AfterEach
  void stop() {
    temporal.close();
  }

  @Test
  void bringsAHeldStreamIn() throws IOException {
    try (VitrineWorker worker = start(Map.of())) {
      Source.HeldStream stream = worker.hold(new ByteArrayInputStream(DATA), (long) DATA.length);

      UploadResult result = upload(stream);

      worker.release(stream);
      assertThat(result.outcome()).isEqualTo(UploadResult.Outcome.ACTIVATED);
      assertThatItIsStored(worker);
    }
  }

  @Test
  void givesOutWhatItBroughtIn() {
    try (VitrineWorker worker = start(Map.of())) {
      upload(worker.hold(new ByteArrayInputStream(DATA), null));
      Image image = worker.registry().lookup().find(id).orElseThrow();
      ByteBuffer into = ByteBuffer.allocate(DATA.length);

      try (Download download = worker.downloads().open(image, SOMEBODY, 5, 8L)) {
        assertThat(download.size()).isEqualTo(DATA.length);
        assertThat(download.read(into)).isEqualTo(8);
        assertThat(download.read(into)).isEqualTo(-1);
      }

      assertThat(StandardCharsets.UTF_8.decode(into.flip()).toString()).isEqualTo("an image");
    }
  }

  @Test
  void anApiProcessOpensItsStoresBeforeTheFirstStreamComes() {
    try (VitrineWorker worker =
        start(Map.of("VITRINE_WORKER_ROLES", "api", "VITRINE_API_PORT", "0"))) {
      assertThat(worker.apiUrl()).isPresent();
      assertThat(directory.resolve("store")).isDirectory();
    }
  }

  @Test
  void bringsAFileInThroughTwoProcesses() throws IOException {
    Path file = Files.write(Files.createDirectory(directory.resolve("in")).resolve("disk"), DATA);
    try (VitrineWorker workflows = start(Map.of("VITRINE_WORKER_ROLES", "workflow"));
        VitrineWorker transfers = start(Map.of("VITRINE_WORKER_ROLES", "transfer"))) {

      UploadResult result = upload(new Source.Url(file.toUri().toString()));

      assertThat(result.outcome()).isEqualTo(UploadResult.Outcome.ACTIVATED);
      assertThatItIsStored(workflows);
      assertThatItIsStored(transfers);
    }
  }

  @Test
  void handsARunningTransferOver() throws Exception {
    try (StallingSource source = new StallingSource(DATA);
        VitrineWorker workflows = start(Map.of("VITRINE_WORKER_ROLES", "workflow"))) {
      VitrineWorker first = start(Map.of("VITRINE_WORKER_ROLES", "transfer"));
      CompletableFuture<UploadResult> result =
          CompletableFuture.supplyAsync(() -> upload(new Source.Url(source.url())));
      source.awaitStall();

      first.close();

      assertThat(source.ranges()).hasSize(1);
      try (VitrineWorker second = start(Map.of("VITRINE_WORKER_ROLES", "transfer"))) {
        assertThat(result.get().outcome()).isEqualTo(UploadResult.Outcome.ACTIVATED);
        assertThat(source.ranges()).containsExactly("", "bytes=%d-".formatted(DATA.length / 2));
        assertThatItIsStored(second);
      }
      assertThatItIsStored(workflows);
    }
  }

  @Test
  void makesNoStoreWhereNoDataIsMoved() {
    VitrineWorker worker = start(Map.of("VITRINE_WORKER_ROLES", "workflow"));
    worker.close();

    assertThat(directory.resolve("store")).doesNotExist();
  }

  @Test
  void holdsNoStreamOnceItIsClosed() {
    VitrineWorker worker = start(Map.of());
    worker.close();
    worker.close();

    assertThatThrownBy(() -> worker.hold(new ByteArrayInputStream(DATA), null))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void doesNotStartWithoutItsRegistry() {
    Map<String, String> nowhere =
        Map.of("VITRINE_REGISTRY_URL", "jdbc:sqlite:" + directory.resolve("no/such/directory/db"));

    assertThatThrownBy(() -> start(nowhere)).isInstanceOf(Unavailable.class);
  }

  private VitrineWorker start(Map<String, String> overrides) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "VITRINE_REGISTRY_URL",
                "jdbc:sqlite:" + directory.resolve("registry.db"),
                "VITRINE_STORES",
                "local=" + directory.resolve("store"),
                "VITRINE_TRANSFER_SOURCE_ROOTS",
                directory.resolve("in").toString(),
                "VITRINE_WEB_SOURCES_ADDRESSES",
                "loopback",
                "VITRINE_WEB_SOURCES_PORTS",
                ""));
    environment.putAll(overrides);
    VitrineWorker worker =
        VitrineWorker.start(
            temporal.getWorkflowClient(), Settings.load(null, environment), Clock.systemUTC());
    queues = TaskQueues.of(worker.installation());
    return worker;
  }

  private UploadResult upload(Source source) {
    return temporal
        .getWorkflowClient()
        .newWorkflowStub(
            ImageUploadWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(WorkflowIds.upload(id))
                .setTaskQueue(requireNonNull(queues).workflows())
                .build())
        .upload(
            new UploadRequest(
                id, NewImage.of(id, SOMEBODY.project()), source, null, null, SOMEBODY, null));
  }

  private void assertThatItIsStored(VitrineWorker worker) throws IOException {
    Image image = worker.registry().lookup().find(id).orElseThrow();
    assertThat(image.status()).isEqualTo(ImageStatus.ACTIVE);
    Location location = worker.registry().locations().of(id).get(0);
    assertThat(directory.resolve("store").resolve(location.key())).hasBinaryContent(DATA);
  }
}
