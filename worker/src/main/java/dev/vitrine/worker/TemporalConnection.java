package dev.vitrine.worker;

import com.uber.m3.tally.NoopScope;
import com.uber.m3.tally.Scope;
import dev.vitrine.codec.PayloadCodecs;
import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.error.WorkerConverter;
import dev.vitrine.tracing.Tracing;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.interceptors.WorkflowClientInterceptor;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A connection to the Temporal server that the standard environment configuration names: {@code
 * TEMPORAL_ADDRESS}, {@code TEMPORAL_NAMESPACE}, {@code TEMPORAL_API_KEY}, {@code TEMPORAL_TLS_*},
 * or a profile of its configuration file. What is sent is encoded by the {@link PayloadCodecs} of
 * the environment.
 */
final class TemporalConnection implements AutoCloseable {

  /** Longer is for whoever starts the process again. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final WorkflowServiceStubs service;
  private final WorkflowClient client;

  private TemporalConnection(WorkflowServiceStubs service, WorkflowClient client) {
    this.service = service;
    this.client = client;
  }

  /**
   * Connects, and sees whether the namespace is there.
   *
   * @throws Invalid if the configuration can't be read, or names a namespace that isn't there or
   *     may not be used
   * @throws Unavailable if the server does not answer
   */
  static TemporalConnection open(Map<String, String> environment) {
    return open(environment, new NoopScope());
  }

  /**
   * The same, measured.
   *
   * @param scope takes what the connection and all that use it measure
   */
  static TemporalConnection open(Map<String, String> environment, Scope scope) {
    PayloadCodecs codecs = PayloadCodecs.of(environment);
    ClientConfigProfile profile;
    WorkflowServiceStubsOptions options;
    try {
      profile =
          ClientConfigProfile.load(
              LoadClientConfigProfileOptions.newBuilder().setEnvOverrides(environment).build());
      options =
          WorkflowServiceStubsOptions.newBuilder(profile.toWorkflowServiceStubsOptions())
              .setMetricsScope(scope)
              .validateAndBuildWithDefaults();
    } catch (IOException | RuntimeException e) {
      throw new Invalid("Temporal's client configuration is wrong: " + reason(e));
    }
    WorkflowServiceStubs service =
        WorkflowServiceStubs.newServiceStubs(PollsWaitForServer.of(options));
    TemporalConnection connection =
        new TemporalConnection(
            service,
            WorkflowClient.newInstance(service, codecs.in(profile.toWorkflowClientOptions())));
    try {
      connection.check();
      return connection;
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** On the same connection, reading and writing as workers have to, and traced. */
  static WorkflowClient forWorkers(WorkflowClient client, Tracing tracing) {
    WorkflowClientOptions options = client.getOptions();
    return WorkflowClient.newInstance(
        client.getWorkflowServiceStubs(),
        WorkflowClientOptions.newBuilder(options)
            .setDataConverter(new WorkerConverter(options.getDataConverter()))
            .setInterceptors(
                Stream.concat(Stream.of(options.getInterceptors()), tracing.starts().stream())
                    .toArray(WorkflowClientInterceptor[]::new))
            .build());
  }

  WorkflowClient client() {
    return client;
  }

  @Override
  public void close() {
    service.shutdown();
    if (!service.awaitTermination(1, TimeUnit.SECONDS)) {
      service.shutdownNow();
    }
  }

  private void check() {
    String address = service.getOptions().getTarget();
    String namespace = client.getOptions().getNamespace();
    try {
      service.connect(PATIENCE);
      var unused =
          service
              .blockingStub()
              .describeNamespace(
                  DescribeNamespaceRequest.newBuilder().setNamespace(namespace).build());
    } catch (StatusRuntimeException e) {
      throw VitrineException.because(e, refusal(e.getStatus(), namespace, address));
    }
  }

  private static VitrineException refusal(Status status, String namespace, String address) {
    return switch (status.getCode()) {
      case NOT_FOUND ->
          new Invalid(
              "the namespace '%s' (TEMPORAL_NAMESPACE) does not exist on the Temporal server at %s"
                  .formatted(namespace, address));
      case PERMISSION_DENIED, UNAUTHENTICATED ->
          new Invalid(
              "the Temporal server at %s does not let this client use the namespace '%s': %s"
                  .formatted(address, namespace, status.getDescription()));
      default ->
          new Unavailable(
              "the Temporal server at %s (TEMPORAL_ADDRESS) does not answer: %s"
                  .formatted(address, status.getCode()));
    };
  }

  private static String reason(Throwable e) {
    Throwable cause = e.getCause();
    return e.getMessage() + (cause == null ? "" : ": " + cause.getMessage());
  }
}
