package dev.vitrine.client;

import dev.vitrine.codec.PayloadCodecs;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.process.Installations;
import dev.vitrine.process.QueryHiding;
import dev.vitrine.process.SourceKey;
import io.temporal.client.WorkflowClient;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Opens connections by Temporal's environment configuration. */
final class Connection {

  /** For a server that is far away or busy; one that refuses the connection is known at once. */
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final String KEY_FILE = "VITRINE_WEB_SOURCES_KEY_FILE";

  private Connection() {}

  static ClientConfigProfile profileFromEnvironment() {
    try {
      return ClientConfigProfile.load();
    } catch (IOException | RuntimeException e) {
      throw new Invalid(
          "Temporal's environment configuration can't be read: %s; check TEMPORAL_CONFIG_FILE,"
                  .formatted(e.getMessage())
              + " TEMPORAL_PROFILE and the other TEMPORAL_ variables");
    }
  }

  /** By the variable that workers read the setting {@code web-sources.key-file} from as well. */
  static QueryHiding queries(Map<String, String> environment) {
    String file = environment.getOrDefault(KEY_FILE, "");
    return file.isBlank()
        ? QueryHiding.refusing()
        : QueryHiding.sealing(SourceKey.read(Path.of(file)));
  }

  /** Not before the server has answered. */
  static WorkflowClient open(ClientConfigProfile profile, Duration timeout) {
    PayloadCodecs codecs = PayloadCodecs.of(System.getenv());
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(profile.toWorkflowServiceStubsOptions());
    WorkflowClient client =
        WorkflowClient.newInstance(stubs, codecs.in(profile.toWorkflowClientOptions()));
    try {
      Installations.checkServer(client, timeout);
      return client;
    } catch (RuntimeException e) {
      stubs.shutdownNow();
      throw e;
    }
  }
}
