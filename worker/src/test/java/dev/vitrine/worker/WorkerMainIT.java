package dev.vitrine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the program says of the servers it needs. */
class WorkerMainIT {

  private static TestWorkflowEnvironment temporal;

  private final StringWriter err = new StringWriter();

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
