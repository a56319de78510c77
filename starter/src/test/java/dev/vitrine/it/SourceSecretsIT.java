package dev.vitrine.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vitrine.access.Requester;
import dev.vitrine.activity.Source;
import dev.vitrine.client.VitrineClient;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.NewImage;
import dev.vitrine.process.SourceKey;
import dev.vitrine.workflow.upload.UploadRequest;
import dev.vitrine.workflow.upload.UploadResult;
import dev.vitrine.workflow.upload.UploadResult.Outcome;
import io.temporal.client.WorkflowExecutionMetadata;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The query string of a source's URL, on what people run: it reaches the source, and is found
 * nowhere else afterwards. The first letters of what is searched for are never in one piece in this
 * file.
 */
class SourceSecretsIT {

  private static final String SECRET = "X-Sig" + "nature=" + UUID.randomUUID();
  private static final String SECOND = "X-Sec" + "ond=" + UUID.randomUUID();
  private static final byte[] DATA = "data".repeat(1000).getBytes(StandardCharsets.UTF_8);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path directory;

  private static Cluster cluster;
  private static HttpServer source;
  private static URI api;
  private static SourceKey key;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    source = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    source.createContext("/", SourceSecretsIT::answer);
    source.start();
    String made = SourceKey.made();
    key = SourceKey.of(made);
    Path file = Files.writeString(directory.resolve("source.key"), made);
    cluster = new Cluster(Files.createDirectory(directory.resolve("cluster")));
    api = cluster.startApi(Map.of("VITRINE_WEB_SOURCES_KEY_FILE", file.toString()));
  }

  @AfterAll
  static void close() throws IOException {
    source.stop(0);
    cluster.close();
  }

  /** Gives the data to who has the right query string, directly or by a redirect to another one. */
  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    try (exchange) {
      if (path.equals("/moved") && query.equals(SECRET)) {
        exchange.getResponseHeaders().set("Location", "/second?" + SECOND);
        exchange.sendResponseHeaders(302, -1);
      } else if ((path.equals("/disk") && query.equals(SECRET))
          || (path.equals("/second") && query.equals(SECOND))) {
        exchange.sendResponseHeaders(200, DATA.length);
        exchange.getResponseBody().write(DATA);
      } else {
        exchange.sendResponseHeaders(403, -1);
      }
    }
  }

  private static String url(String path) {
    return "http://127.0.0.1:%d%s?%s".formatted(source.getAddress().getPort(), path, SECRET);
  }

  private static JsonNode imported(String path) throws IOException, InterruptedException {
    String body =
        """
        {"type": "import", "input": {"import_from": "%s", "import_from_format": "raw",
         "image_properties": {"container_format": "bare"}}}
        """
            .formatted(url(path));
    JsonNode created =
        json(
            HttpRequest.newBuilder(api.resolve("/v2/tasks"))
                .POST(BodyPublishers.ofString(body))
                .header("Content-Type", "application/json"));
    String task = "/v2/tasks/" + created.path("id").asText();
    Eventually.until("the task is over", () -> !show(task).path("status").asText().endsWith("ing"));
    return show(task);
  }

  private static JsonNode show(String path) {
    try {
      return json(HttpRequest.newBuilder(api.resolve(path)));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode json(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    String body = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString()).body();
    assertClean("an answer of the API", body);
    return JSON.readTree(body);
  }

  private static void assertClean(String what, String text) {
    for (String secret : List.of(SECRET, SECOND)) {
      String value = secret.substring(secret.indexOf('=') + 1);
      assertThat(text.contains(value)).as("%s has the secret", what).isFalse();
    }
  }

  @Test
  void leavesNoTraceOfAQueryString() throws Exception {
    JsonNode succeeded = imported("/disk");
    assertThat(succeeded.path("status").asText()).as(succeeded.toString()).isEqualTo("success");
    assertThat(succeeded.at("/input/import_from").asText()).endsWith("/disk?…");
    assertThat(imported("/moved").path("status").asText()).isEqualTo("success");
    JsonNode failed = imported("/wrong");
    assertThat(failed.path("status").asText()).isEqualTo("failure");
    assertThat(failed.path("message").asText()).contains("/wrong?… answered 403");

    try (VitrineClient client = cluster.client.withSourceKey(key)) {
      UUID id = UUID.randomUUID();
      UploadResult result = client.startUpload(upload(id)).await();
      assertThat(result.outcome()).as(result.toString()).isEqualTo(Outcome.ACTIVATED);
    }

    assertClean("the registry", cluster.everythingInTheRegistry());
    List<WorkflowExecutionMetadata> executions = executions();
    assertThat(executions).hasSizeGreaterThanOrEqualTo(7);
    StringBuilder all = new StringBuilder();
    for (WorkflowExecutionMetadata execution : executions) {
      String id = execution.getExecution().getWorkflowId();
      String history = history(id);
      all.append(history);
      assertClean("the history of " + id, history);
      assertClean(
          "the description of " + id,
          cluster.temporal().newUntypedWorkflowStub(id).describe().toString());
    }
    assertThat(all).as("payloads can be read").contains("/disk", "/moved", "/wrong");
    assertClean("the log", Files.readString(Path.of("target", "worker-processes.log")));
  }

  /** As bytes, because its JSON has payloads in Base64, in which nothing would be found. */
  private static String history(String workflowId) {
    return new String(
        cluster.temporal().fetchHistory(workflowId).getHistory().toByteArray(),
        StandardCharsets.ISO_8859_1);
  }

  /** What has just been closed may not be listed at once. */
  private static List<WorkflowExecutionMetadata> executions() throws InterruptedException {
    Eventually.until("executions are listed", () -> list().size() >= 7);
    return list();
  }

  private static List<WorkflowExecutionMetadata> list() {
    return cluster.temporal().listExecutions("").collect(Collectors.toList());
  }

  @Test
  void refusesAQueryStringWhereThereIsNoKey() {
    assertThatThrownBy(() -> cluster.client.startUpload(upload(UUID.randomUUID())))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("/disk?…")
        .hasMessageContaining("VITRINE_WEB_SOURCES_KEY_FILE");
  }

  private static UploadRequest upload(UUID id) {
    Requester by = Cluster.ALICE;
    return UploadRequest.of(NewImage.of(id, by.project()), new Source.Url(url("/disk")), by);
  }
}
