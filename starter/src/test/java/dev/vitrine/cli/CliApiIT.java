package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.config.Settings;
import dev.vitrine.fake.FakeImageApi;
import dev.vitrine.worker.RealTemporal;
import dev.vitrine.worker.VitrineWorker;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands against Vitrine's own API, on a real Temporal server. */
@Timeout(180)
class CliApiIT {

  private static final byte[] DATA = new byte[5_000_000];

  @TempDir private static Path directory;
  private static TestWorkflowEnvironment temporal;
  private static VitrineWorker worker;

  private Run run = run(InputStream.nullInputStream());

  @BeforeAll
  static void start() throws IOException {
    new Random(5).nextBytes(DATA);
    temporal = RealTemporal.start();
    Files.createDirectories(directory.resolve("store"));
    Files.createDirectories(directory.resolve("second"));
    Path config =
        Files.writeString(
            directory.resolve("worker.yaml"),
            """
            worker:
              roles: [workflow, transfer, api]
              drain-time: 0s
            api:
              port: 0
              show-locations: true
              cancel-tasks: true
            auth:
              method: none
            registry:
              url: jdbc:sqlite:%1$s/registry.db
            stores:
              - name: main
                type: file
                path: %1$s/store
              - name: second
                type: file
                path: %1$s/second
            default-store: main
            web-sources:
              addresses: [loopback]
              ports: []
            """
                .formatted(directory));
    worker =
        VitrineWorker.start(
            temporal.getWorkflowClient(), Settings.load(config, Map.of()), Clock.systemUTC());
  }

  @AfterAll
  static void stop() {
    if (worker != null) {
      worker.close();
    }
    if (temporal != null) {
      temporal.close();
    }
  }

  @Test
  void anImagesWholeLife() throws IOException {
    Path file = Files.write(directory.resolve("disk.img"), DATA);
    JsonNode made =
        json("image", "create", "disk", "--file", file.toString(), "--property", "os=x");
    String id = made.required("id").asText();
    assertThat(made.required("status").asText()).isEqualTo("active");
    assertThat(made.required("size").asLong()).isEqualTo(DATA.length);

    assertThat(execute("image", "list", "--name", "disk")).isZero();
    assertThat(run.out()).contains(id, "disk", "active", "4.8 MiB");
    run = run(InputStream.nullInputStream());
    JsonNode changed =
        json("image", "set", id, "--name", "renamed", "--tag", "a b", "--property", "a/b=c");
    assertThat(changed.required("name").asText()).isEqualTo("renamed");
    assertThat(changed.required("tags").get(0).asText()).isEqualTo("a b");
    assertThat(changed.required("a/b").asText()).isEqualTo("c");
    assertThat(json("image", "unset", id, "--property", "os", "--tag", "a b").has("os")).isFalse();

    Path saved = directory.resolve("saved.img");
    assertThat(json("image", "save", id, "--file", saved.toString()).required("verified").asText())
        .isEqualTo("true");
    assertThat(saved).hasBinaryContent(DATA);
    assertThat(json("image", "member", "add", id, "red").required("status").asText())
        .isEqualTo("pending");
    assertThat(json("image", "deactivate", id).required("status").asText())
        .isEqualTo("deactivated");
    assertThat(json("image", "reactivate", id).required("status").asText()).isEqualTo("active");
    assertThat(json("image", "history", id).required("history"))
        .extracting(change -> change.required("to").asText())
        .containsExactly("queued", "saving", "active", "deactivated", "active");

    assertThat(execute("image", "upload", id, file.toString())).isEqualTo(4);
    assertThat(execute("image", "set", id, "--property", "os_glance_x=1")).isEqualTo(5);
    assertThat(execute("image", "delete", id)).isZero();
    assertThat(execute("image", "show", id)).isEqualTo(3);
    assertThat(run.err()).contains(id);
  }

  @Test
  void aPipeOfAnyLengthBecomesAnImagesData() {
    String id = json("image", "create", "piped").required("id").asText();

    run = run(new ByteArrayInputStream(DATA));
    assertThat(execute("image", "upload", id, "-", "--json")).isZero();

    assertThat(run.json().required("size").asLong()).isEqualTo(DATA.length);
    run = run(InputStream.nullInputStream());
    assertThat(execute("image", "save", id)).isZero();
    assertThat(run.data()).isEqualTo(DATA);
  }

  @Test
  void goesOnWithWhatIsHereOfAnImage() throws IOException {
    run = run(new ByteArrayInputStream(DATA));
    JsonNode image = json("image", "create", "resumed", "--file", "-");
    String id = image.required("id").asText();
    Path target = directory.resolve("resumed.img");
    Files.write(directory.resolve("resumed.img.part"), Arrays.copyOf(DATA, 2_000_000));
    Files.writeString(
        directory.resolve("resumed.img.part.json"),
        "{\"image\":\"%s\",\"size\":%d,\"digest\":\"%s\"}"
            .formatted(id, DATA.length, image.required("os_hash_value").asText()));

    JsonNode saved = json("image", "save", id, "--file", target.toString());

    assertThat(saved.required("resumed_at").asLong()).isEqualTo(2_000_000);
    assertThat(target).hasBinaryContent(DATA);
  }

  @Test
  void anUploadOfADeletedImageIsToldAtOnce() {
    String id = json("image", "create", "doomed").required("id").asText();
    Held data = new Held(DATA);
    Run upload = run(data);
    CompletableFuture<Integer> exit =
        CompletableFuture.supplyAsync(
            () -> upload.execute("image", "upload", id, "-", "--api", url()));
    data.awaitHeld();

    assertThat(execute("image", "delete", id)).isZero();
    data.release();

    assertThat(exit.join()).isEqualTo(3);
    assertThat(upload.out()).isEmpty();
  }

  @Test
  void importsClonesAndShowsTasks() {
    try (FakeImageApi source = FakeImageApi.start()) {
      String url = source.url() + "/v2/images/" + source.images().addActive("x", DATA) + "/file";

      JsonNode imported = json("upload", url, "--name", "imported", "--private", "--tag", "a");

      assertThat(imported.required("status").asText()).isEqualTo("success");
      String image = imported.required("result").required("image_id").asText();
      assertThat(json("image", "show", image).required("visibility").asText()).isEqualTo("private");
      assertThat(json("image", "watch-upload", image).required("size").asLong())
          .isEqualTo(DATA.length);
      JsonNode cloned = json("task", "run", "clone", image, "--property", "name=copy");
      assertThat(json("task", "show", cloned.required("id").asText()).required("type").asText())
          .isEqualTo("clone");
      assertThat(json("task", "list", "--image", image).required("tasks")).isNotEmpty();
      assertThat(json("task", "list").required("tasks")).hasSizeGreaterThanOrEqualTo(2);
      assertThat(execute("task", "watch", cloned.required("id").asText())).isZero();
      assertThat(execute("task", "run", "import", "--from", source.url() + "/none")).isEqualTo(6);
    }
  }

  @Test
  void stagesAndImportsIntoStores() throws IOException {
    Path file = Files.write(directory.resolve("staged.img"), DATA);
    String id = json("image", "create", "staged").required("id").asText();
    JsonNode staged = json("image", "stage", id, file.toString(), "--store", "second");
    assertThat(staged.required("status").asText()).isEqualTo("uploading");

    JsonNode imported = json("image", "import", id);

    assertThat(imported.required("status").asText()).isEqualTo("active");
    assertThat(imported.required("size").asLong()).isEqualTo(DATA.length);
    assertThat(imported.required("stores").asText()).isEqualTo("second");
    assertThat(
            json("image", "import", id, "--method", "copy-image", "--store", "main")
                .required("stores")
                .asText())
        .isEqualTo("main,second");
    assertThat(execute("image", "stage", id, file.toString())).isEqualTo(4);
    assertThat(execute("image", "import", id)).isEqualTo(4);
    assertThat(execute("image", "import", id, "--method", "web-download")).isEqualTo(2);
    assertThat(execute("image", "import", id, "--all-stores", "--store", "main")).isEqualTo(2);
  }

  @Test
  void importsFromTheWebIntoAnImageThatIsThere() {
    try (FakeImageApi source = FakeImageApi.start()) {
      String data = source.url() + "/v2/images/" + source.images().addActive("x", DATA) + "/file";
      String id = json("image", "create", "fetched").required("id").asText();

      JsonNode imported = json("image", "import", id, "--uri", data, "--all-stores");

      assertThat(imported.required("status").asText()).isEqualTo("active");
      assertThat(imported.required("stores").asText()).isEqualTo("main,second");
      String other = json("image", "create", "missing").required("id").asText();
      assertThat(execute("image", "import", other, "--uri", source.url() + "/none")).isEqualTo(6);
      assertThat(run.err()).contains("import into image " + other + " failed: ");
      run = run(InputStream.nullInputStream());
      assertThat(json("image", "show", other).required("status").asText()).isEqualTo("queued");
      assertThat(
              json("image", "import", other, "--uri", data, "--no-wait")
                  .required("image_id")
                  .asText())
          .isEqualTo(other);
    }
  }

  @Test
  void cancelsATask() {
    try (FakeImageApi source = FakeImageApi.start()) {
      UUID broken = source.images().addActive("x", DATA);
      // It begins and breaks off, so that the import tries again for a while.
      for (int attempt = 0; attempt < 50; attempt++) {
        source.truncateNextDownloadAfter(1000);
      }
      String url = source.url() + "/v2/images/" + broken + "/file";
      String id =
          json("task", "run", "import", "--from", url, "--no-wait").required("task_id").asText();
      Run watch = run(InputStream.nullInputStream());
      CompletableFuture<Integer> exit =
          CompletableFuture.supplyAsync(() -> watch.execute("task", "watch", id, "--api", url()));
      watch.awaitErr("under way");

      assertThat(json("task", "cancel", id).required("cancel").asText()).isEqualTo("requested");

      assertThat(exit.join()).isEqualTo(6);
      assertThat(watch.err()).contains("cancelled by");
    }
  }

  @Test
  void registersDataThatLiesElsewhere() {
    String id = json("image", "register", "--name", "elsewhere").required("id").asText();

    assertThat(
            json("image", "add-location", id, "http://elsewhere.example/x")
                .required("status")
                .asText())
        .isEqualTo("active");
  }

  @Test
  void measuresTheServer() {
    JsonNode report = json("bench", "upload", "--size", "64KiB", "--count", "2");
    assertThat(report.required("figures").get(0).required("name").asText()).isEqualTo("upload");
    assertThat(json("bench", "download", "--size", "64KiB", "--count", "2").required("bench"))
        .isNotNull();
    assertThat(json("bench", "api", "--images", "30", "--count", "5").required("figures"))
        .hasSizeGreaterThanOrEqualTo(5);

    assertThat(json("image", "list", "--name", "vitrine-bench").required("images")).isEmpty();
  }

  @Test
  void whatIsWrongIsSaidInTheServersWords() {
    assertThat(execute("image", "list", "--sort", "nonsense")).isEqualTo(2);
    assertThat(run.err()).startsWith("vitrine: list of images: ").contains("HTTP 400");
    assertThat(execute("image", "history", UUID.randomUUID().toString())).isEqualTo(3);
  }

  private JsonNode json(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--json");
    assertThat(execute(all.toArray(String[]::new))).as(run.err()).isZero();
    JsonNode document = run.json();
    run = run(InputStream.nullInputStream());
    return document;
  }

  private int execute(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--api", url()));
    return run.execute(all.toArray(String[]::new));
  }

  private static String url() {
    return worker.apiUrl().orElseThrow();
  }

  private static Run run(InputStream in) {
    return new Run(
        false,
        Map.of(),
        in,
        () -> {
          throw new IllegalStateException("Temporal is not to be asked");
        });
  }

  /** Data that stops half-way until it is released, and then goes on for ever. */
  private static final class Held extends InputStream {

    private final ByteArrayInputStream first;
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    Held(byte[] data) {
      first = new ByteArrayInputStream(data);
    }

    void awaitHeld() {
      await(held);
    }

    void release() {
      released.countDown();
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      read(one, 0, 1);
      return one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      int read = first.read(bytes, offset, length);
      if (read >= 0) {
        return read;
      }
      held.countDown();
      await(released);
      return length;
    }

    @Override
    public int available() {
      return Math.max(1, first.available());
    }

    private static void await(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
