package dev.vitrine.worker;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.registry.Home;
import dev.vitrine.registry.InstallationRecord;
import dev.vitrine.registry.Installations;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.GetClusterInfoRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that an installation works in one place. Anywhere else its workflows are unknown, so
 * that reconciliation would take every live upload for a dead one.
 */
final class InstallationHome {

  /** How long processes of a release without installations may go on beside those of this one. */
  private static final Duration UPGRADE = Duration.ofDays(1);

  private static final Logger log = LoggerFactory.getLogger(InstallationHome.class);

  private InstallationHome() {}

  /**
   * Where a client's work runs.
   *
   * @throws StatusRuntimeException if the server does not answer
   */
  static Home of(WorkflowClient client) {
    WorkflowServiceBlockingStub service = client.getWorkflowServiceStubs().blockingStub();
    String namespace = client.getOptions().getNamespace();
    String id =
        service
            .describeNamespace(
                DescribeNamespaceRequest.newBuilder().setNamespace(namespace).build())
            .getNamespaceInfo()
            .getId();
    return new Home(namespace, known(id), cluster(service));
  }

  /** Temporal Cloud and the in-memory server don't tell; it is there for messages only. */
  private static @Nullable String cluster(WorkflowServiceBlockingStub service) {
    try {
      return known(
          service.getClusterInfo(GetClusterInfoRequest.getDefaultInstance()).getClusterId());
    } catch (StatusRuntimeException e) {
      return switch (e.getStatus().getCode()) {
        case UNIMPLEMENTED, PERMISSION_DENIED, UNAUTHENTICATED, NOT_FOUND, INVALID_ARGUMENT -> null;
        default -> throw e;
      };
    }
  }

  private static @Nullable String known(String text) {
    return text.isEmpty() ? null : text;
  }

  /**
   * Records this place if it is the registry's first.
   *
   * @throws Invalid if the registry's work runs elsewhere
   */
  static InstallationRecord require(Installations installations, Home here) {
    InstallationRecord installation = installations.settleAt(here);
    Home recorded = installation.home();
    if (recorded != null && !recorded.is(here)) {
      throw new Invalid(
          "the work of installation %s (that is in this registry) runs in %s, and this process is connected to %s, where its workflows are unknown"
                  .formatted(installation.id(), recorded.display(), here.display())
              + "; set TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE to where it runs, or, if it is to"
              + " run here from now on, stop all its processes and run 'vitrine-worker"
              + " --move-installation' once");
    }
    InstallationRecord now = installations.endFormerWork(UPGRADE);
    if (installation.formerWork() && !now.formerWork()) {
      log.info("nothing is left of the task queues without an installation's id; done with them");
    }
    return now;
  }
}
