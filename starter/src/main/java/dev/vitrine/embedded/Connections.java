package dev.vitrine.embedded;

import dev.vitrine.worker.PollsWaitForServer;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;

/** Connections to a server of our own. */
final class Connections {

  private Connections() {}

  /** Opens one; the server has just been started and answers within seconds. */
  static WorkflowServiceStubs open(String address) {
    return WorkflowServiceStubs.newConnectedServiceStubs(
        PollsWaitForServer.of(WorkflowServiceStubsOptions.newBuilder().setTarget(address).build()),
        Duration.ofSeconds(20));
  }
}
