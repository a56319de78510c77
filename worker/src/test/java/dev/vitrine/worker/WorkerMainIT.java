package dev.vitrine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program says of the servers it needs. */
class WorkerMainIT {

  private static TestWorkflowEnvironment temporal;

  private final StringWriter err = new StringWriter();
  @TempDir private Path directory;

  @BeforeEach
  void giveCredentials() {
    System.setProperty("aws.accessKeyId", "key-id");
    System.setProperty("aws.secretAccessKey", "key-secret");
  }

  @AfterEach
  void takeCredentials() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @BeforeAll
  static void startServer() {
    temporal = RealTemporal.start();
  }

  @AfterAll
  static void stopServer() {
    if (temporal != null) {
      temporal.close();
    }
  }

  @Test
  void namesTheAddressWhereTemporalDoesNotAnswer() throws IOException {
    int port = freePort();

    assertThat(run(Map.of("TEMPORAL_ADDRESS", "127.0.0.1:" + port))).isEqualTo(7);
    assertThat(err.toString().strip())
        .startsWith(
            "vitrine-worker: the Temporal server at 127.0.0.1:%d (TEMPORAL_ADDRESS) does not answer"
                .formatted(port))
        .hasLineCount(1);
  }

  @Test
  void refusesANamespaceThatIsNotThere() {
    assertThat(run(Map.of("TEMPORAL_NAMESPACE", "nowhere"))).isEqualTo(2);
    assertThat(err.toString().strip())
        .startsWith("vitrine-worker: the namespace 'nowhere' (TEMPORAL_NAMESPACE) does not exist")
        .hasLineCount(1);
  }

  @Test
  void saysThatTheRegistryDoesNotAnswer() throws IOException {
    String host = "127.0.0.1:" + freePort();

    assertThat(
            run(
                Map.of(
                    "VITRINE_REGISTRY_URL", "jdbc:postgresql://me:hunter2@" + host + "/vitrine")))
        .isEqualTo(7);
    assertThat(err.toString().strip())
        .startsWith("vitrine-worker: ")
        .contains(host)
        .doesNotContain("hunter2")
        .hasLineCount(1);
  }

  @Test
  void saysThatABucketDoesNotAnswer() throws IOException {
    String endpoint = "http://127.0.0.1:" + freePort();

    assertThat(runWithBucket(endpoint, "images")).isEqualTo(7);
    assertThat(err.toString().strip())
        .startsWith("vitrine-worker: store 'main' (bucket images at %s)".formatted(endpoint))
        .contains("Connection refused")
        .hasLineCount(1);
  }

  @Test
  void refusesABucketThatIsNotThereOrNotForIt() throws Exception {
    S3Proxy server =
        S3Proxy.builder()
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "key-id", "key-secret")
            .blobStore(new TransientNio2BlobStore())
            .build();
    server.start();
    try {
      String endpoint = "http://127.0.0.1:" + server.getPort();
      assertThat(runWithBucket(endpoint, "missing")).isEqualTo(2);
      assertThat(err.toString().strip())
          .isEqualTo(
              "vitrine-worker: store 'main' (bucket missing at %s): there is no such bucket; make"
                  + " it, or correct its name",
              endpoint);
      System.setProperty("aws.accessKeyId", "stranger");
      assertThat(runWithBucket(endpoint, "missing")).isEqualTo(2);
      assertThat(err.toString()).contains("403").doesNotContain("key-secret");
    } finally {
      server.stop();
    }
  }

  private int runWithBucket(String endpoint, String bucket) throws IOException {
    Path config =
        Files.writeString(
            directory.resolve("worker.yaml"),
            """
            registry: {url: 'jdbc:sqlite:%s'}
            stores: [{name: main, type: s3, bucket: %s, endpoint: '%s'}]
            default-store: main
            """
                .formatted(directory.resolve("vitrine.db"), bucket, endpoint));
    return run(Map.of(), "--config", config.toString());
  }

  @Test
  void registersTheSearchAttributesAndEnds() {
    assertThat(run(Map.of(), "--register-search-attributes")).isZero();
    assertThat(err.toString()).isEmpty();
  }

  private int run(Map<String, String> overrides, String... args) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "TEMPORAL_ADDRESS", temporal.getWorkflowServiceStubs().getOptions().getTarget()));
    environment.putAll(overrides);
    PrintWriter out = new PrintWriter(new StringWriter());
    return WorkerMain.run(environment, out, new PrintWriter(err, true), args);
  }

  /** Free a moment ago, so that nobody answers there. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
