package dev.vitrine.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Source;
import dev.vitrine.client.VitrineClient;
import dev.vitrine.codec.PayloadCodecs;
import dev.vitrine.config.Settings;
import dev.vitrine.decoder.CodecServer;
import dev.vitrine.error.VitrineException;
import dev.vitrine.image.NewImage;
import dev.vitrine.task.TaskInput;
import dev.vitrine.worker.RealTemporal;
import dev.vitrine.worker.VitrineWorker;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.task.TaskRequest;
import dev.vitrine.workflow.upload.UploadRequest;
import dev.vitrine.workflow.upload.UploadResult;
import io.temporal.client.WorkflowClient;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker and a client that encrypt, on a real Temporal server, and what people see there. */
class CodecIT {

  private static final Requester ALICE = Requester.member("alice-of-mars", "mars-project");
  private static final String ORIGIN = "http://localhost:8233";

  @TempDir private Path directory;
  private TestWorkflowEnvironment temporal;
  private VitrineWorker worker;
  private VitrineClient client;
  private CodecServer decoder;

  @BeforeEach
  void start() throws IOException {
    Path keys =
        Files.writeString(
            directory.resolve("keys"),
            "k1="
                + Base64.getEncoder()
                    .encodeToString(
                        "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8)));
    PayloadCodecs codecs = PayloadCodecs.of(Map.of(PayloadCodecs.KEY_FILE, keys.toString()));
    temporal = RealTemporal.start();
    WorkflowClient connection =
        WorkflowClient.newInstance(
            temporal.getWorkflowServiceStubs(),
            codecs.in(temporal.getWorkflowClient().getOptions()));
    worker =
        VitrineWorker.start(
            connection,
            Settings.load(
                null,
                Map.of(
                    "VITRINE_REGISTRY_URL", "jdbc:sqlite:" + directory.resolve("registry.db"),
                    "VITRINE_STORES", "local=" + directory.resolve("store"),
                    "VITRINE_TRANSFER_SOURCE_ROOTS", directory.toString())),
            Clock.systemUTC());
    client = VitrineClient.on(connection, worker.installation());
    decoder =
        CodecServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), codecs, Set.of(ORIGIN));
  }

  @AfterEach
  void stop() {
    decoder.close();
    client.close();
    worker.close();
    temporal.close();
  }

  private String history(String workflowId) {
    return temporal.getWorkflowClient().fetchHistory(workflowId).toJson(false);
  }

  @Test
  void historiesHoldNoPlainTextAndAreReadWithTheKey() throws Exception {
    Path data = Files.write(directory.resolve("secret-name.raw"), new byte[100_000]);
    UUID id = UUID.randomUUID();
    NewImage image = NewImage.of(id, ALICE.project());

    UploadResult result =
        client
            .startUpload(
                UploadRequest.of(image, new Source.Url(data.toUri().toString(), null), ALICE))
            .await();

    assertThat(result.outcome()).isEqualTo(UploadResult.Outcome.ACTIVATED);
    String history = history(WorkflowIds.upload(id));
    assertThat(history)
        .contains("YmluYXJ5L2VuY3J5cHRlZA")
        .doesNotContain("alice-of-mars", "secret-name");
    assertThat(decodedTexts(history)).doesNotContain("alice-of-mars", "secret-name");

    assertThat(shown(WorkflowIds.upload(id))).contains("alice-of-mars", "secret-name");
    client.delete(id, ALICE, Duration.ZERO).awaitDataRemoved();
    assertThat(decodedTexts(history(WorkflowIds.deletion(id)))).doesNotContain("alice-of-mars");
  }

  @Test
  void failuresHoldNoPlainTextAndKeepTheirMessages() {
    UUID id = UUID.randomUUID();
    String missing = directory.resolve("secret-name.raw").toUri().toString();

    var task =
        client.startTask(
            new TaskRequest(id, new TaskInput.Import(missing, "raw", Map.of()), ALICE));

    try {
      assertThat(task.await().message()).contains("secret-name.raw");
    } catch (VitrineException failed) {
      assertThat(failed).hasMessageContaining("secret-name.raw");
    }
    String history = history(WorkflowIds.task(id));
    assertThat(history).contains("Encoded failure");
    assertThat(history + decodedTexts(history)).doesNotContain("alice-of-mars", "secret-name");
  }

  @Test
  void letsOnlyTheWebUisPagesAsk() throws Exception {
    HttpResponse<String> allowed = preflight(ORIGIN);
    assertThat(allowed.headers().firstValue("access-control-allow-origin")).contains(ORIGIN);
    assertThat(
            allowed
                .headers()
                .firstValue("access-control-allow-headers")
                .orElse("")
                .toLowerCase(Locale.ROOT))
        .contains("x-namespace", "content-type", "authorization");
    assertThat(preflight("http://evil.example.org").headers().map())
        .doesNotContainKey("access-control-allow-origin");
    assertThat(post("/decode", "no json").statusCode()).isEqualTo(400);
    assertThat(post("/encode", "{\"payloads\": [{\"data\": \"e30=\"}]}").body())
        .contains("encryption-key-id");
  }

  private HttpResponse<String> preflight(String origin) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(decoder.url() + "/decode"))
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .build(),
            BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(decoder.url() + path))
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
  }

  /** Everything in it that is Base64, as text. */
  private static String decodedTexts(String history) {
    StringBuilder texts = new StringBuilder();
    Pattern.compile("\"([A-Za-z0-9+/]{4,}={0,2})\"")
        .matcher(history)
        .results()
        .forEach(
            match -> {
              String text = match.group(1);
              if (text.length() % 4 == 0) {
                texts
                    .append(
                        new String(Base64.getDecoder().decode(text), StandardCharsets.ISO_8859_1))
                    .append('\n');
              }
            });
    return texts.toString();
  }

  /** As Temporal's own command line shows it. */
  private String shown(String workflowId) throws Exception {
    Process process =
        new ProcessBuilder(
                RealTemporal.program().toString(),
                "workflow",
                "show",
                "-w",
                workflowId,
                "-o",
                "json",
                "--codec-endpoint",
                decoder.url(),
                "--address",
                temporal.getWorkflowServiceStubs().getOptions().getTarget(),
                "--namespace",
                temporal.getNamespace())
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out + decodedTexts(out);
  }
}
