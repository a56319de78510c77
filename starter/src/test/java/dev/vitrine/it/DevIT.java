package dev.vitrine.it;

import static dev.vitrine.it.Cluster.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.activity.Source;
import dev.vitrine.client.VitrineClient;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.NewImage;
import dev.vitrine.process.UploadHandle;
import dev.vitrine.registry.Registry;
import dev.vitrine.registry.sql.Registries;
import dev.vitrine.registry.sql.RegistryConfig;
import dev.vitrine.worker.RealTemporal;
import dev.vitrine.workflow.upload.UploadRequest;
import dev.vitrine.workflow.upload.UploadResult;
import dev.vitrine.workflow.upload.UploadResult.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The embedded stack: killed in the middle of an upload, started again, stopped. */
@Timeout(300)
class DevIT {

  private final byte[] content = new byte[96 << 20];
  private final UUID id = UUID.randomUUID();
  @TempDir Path directory;
  private Path data = Path.of("");

  @BeforeEach
  void prepare() throws IOException {
    new Random(11).nextBytes(content);
    data = directory.toRealPath().resolve("data");
  }

  @Test
  void theUploadOfAKilledStackGoesOnOnTheRealServer() throws Exception {
    RealTemporal.program();
    try (HoldingSource source = new HoldingSource(content, 80 << 20)) {
      try (DevProcess dev = dev("first").awaitRunning()) {
        assertThat(dev.output()).contains("development server, durable", "web ui");
        killInTheMiddle(dev, source);
      }
      assertThat(serversOnTheData()).as("what a kill leaves behind").isNotEmpty();
      try (DevProcess again = dev("second").awaitRunning();
          VitrineClient client = again.connect()) {
        source.release();

        UploadResult result = client.upload(id).await();

        assertThat(result.outcome()).isEqualTo(Outcome.ACTIVATED);
        assertThat(source.starts()).hasSize(2).last().isNotEqualTo(0L);
        assertThat(again.terminate()).isEqualTo(143);
        assertThat(again.output()).contains("stopping", "stopped");
      }
      assertThat(serversOnTheData()).isEmpty();
    }
  }

  @Test
  void theImageOfAKilledStackIsUsableAgainOnTheInMemoryServer() throws Exception {
    try (HoldingSource source = new HoldingSource(content, 80 << 20)) {
      try (DevProcess dev = dev("first", "--in-memory").awaitRunning()) {
        assertThat(dev.output()).contains("in-memory server", "forgotten");
        killInTheMiddle(dev, source);
      }
      source.release();
      assertThat(filesInStore()).as("what a kill leaves behind").isNotEmpty();
      try (DevProcess again = dev("second", "--in-memory").awaitRunning();
          VitrineClient client = again.connect();
          Registry registry =
              Registries.open(
                  RegistryConfig.of("jdbc:sqlite:" + data.resolve("registry.db")),
                  Clock.systemUTC())) {
        Eventually.until(
            "the image is queued",
            () -> registry.lookup().find(id).orElseThrow().status() == ImageStatus.QUEUED);
        Eventually.until("nothing is left in the store", () -> filesInStore().isEmpty());

        UploadRequest retry = UploadRequest.ofQueued(id, new Source.Url(source.url()), ALICE);

        assertThat(client.startUpload(retry).await().outcome()).isEqualTo(Outcome.ACTIVATED);
        assertThat(again.terminate()).isEqualTo(143);
      }
    }
  }

  @Test
  void aSecondStackOnTheSameDataOrPortIsRefused() throws Exception {
    try (DevProcess dev = dev("first", "--in-memory").awaitRunning();
        DevProcess sameData = dev("same-data", "--in-memory");
        DevProcess samePort =
            new DevProcess(
                dev.port(),
                directory.resolve("other"),
                directory.resolve("same-port"),
                "--in-memory")) {
      assertThat(sameData.awaitEnd()).isEqualTo(4);
      assertThat(sameData.output())
          .startsWith("vitrine: data directory %s is in use by another".formatted(data))
          .hasLineCount(1);
      assertThat(samePort.awaitEnd()).isEqualTo(4);
      assertThat(samePort.output())
          .startsWith("vitrine: port %d is taken".formatted(dev.port()))
          .hasLineCount(1);
      assertThat(dev.terminate()).isEqualTo(143);
    }
  }

  private void killInTheMiddle(DevProcess dev, HoldingSource source) throws InterruptedException {
    try (VitrineClient client = dev.connect()) {
      UploadHandle upload =
          client.startUpload(
              UploadRequest.of(
                  NewImage.of(id, ALICE.project()), new Source.Url(source.url()), ALICE));
      source.awaitHeld();
      Eventually.until(
          "bytes are durable",
          () -> upload.progress().filter(progress -> progress.bytes() > 0).isPresent());
      dev.kill();
    }
  }

  private DevProcess dev(String name, String... options) throws IOException {
    return new DevProcess(data, directory.resolve(name), options);
  }

  private List<Path> filesInStore() {
    try (Stream<Path> files = Files.walk(data.resolve("store"))) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<ProcessHandle> serversOnTheData() {
    String database = data.resolve("temporal.db").toString();
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(database))
        .toList();
  }
}
