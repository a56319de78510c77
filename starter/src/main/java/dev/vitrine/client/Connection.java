package dev.vitrine.client;

import dev.vitrine.error.VitrineException.Invalid;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Opens connections by Temporal's environment configuration. */
final class Connection {

  /** For a server that is far away or busy; one that refuses the connection is known at once. */
  static final Duration TIMEOUT = Duration.ofSeconds(10);

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

  /** Asks for the server's answer: a lazy channel would say much later that there is none. */
  static WorkflowClient open(ClientConfigProfile profile, Duration timeout) {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(profile.toWorkflowServiceStubsOptions());
    WorkflowClient client = WorkflowClient.newInstance(stubs, profile.toWorkflowClientOptions());
    try {
      stubs
          .blockingStub()
          .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)
          .getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
      return client;
    } catch (StatusRuntimeException e) {
      stubs.shutdownNow();
      throw TemporalErrors.of(client).translateConnecting(e);
    }
  }
}
