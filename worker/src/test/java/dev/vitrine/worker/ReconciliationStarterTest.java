package dev.vitrine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.worker.RecordedReconciliation.Pass;
import dev.vitrine.workflow.InstallationId;
import dev.vitrine.workflow.TaskQueues;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.reconciliation.ReconciliationRequest;
import dev.vitrine.workflow.reconciliation.ReconciliationWorkflow;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On the in-memory server, which has no schedules. */
class ReconciliationStarterTest {

  private static final Duration INTERVAL = Duration.ofMinutes(5);
  private static final InstallationId ID = new InstallationId("test");
  private static final Pass LOOP =
      new Pass(WorkflowIds.reconciliation(ID), ReconciliationRequest.repeated(INTERVAL));

  private final BlockingQueue<Pass> passes = new LinkedBlockingQueue<>();
  private final TestWorkflowEnvironment temporal =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder().setUseTimeskipping(false).build());

  @BeforeEach
  void startWorker() {
    temporal
        .newWorker(TaskQueues.of(ID).workflows())
        .registerWorkflowImplementationFactory(
            ReconciliationWorkflow.class, () -> new RecordedReconciliation(passes));
    temporal.start();
  }

  @AfterEach
  void stop() {
    temporal.shutdown();
    temporal.awaitTermination(10, TimeUnit.SECONDS);
    temporal.close();
  }

  @Test
  void startsAWorkflowThatRepeatsItself() throws InterruptedException {
    try (ReconciliationStarter starter = starter()) {
      starter.start();

      assertThat(nextPass()).isEqualTo(LOOP);
    }
  }

  @Test
  void makesAnExtraPassWhereTheRepeatingOneRunsAlready() throws InterruptedException {
    try (ReconciliationStarter first = starter();
        ReconciliationStarter second = starter()) {
      first.ensure();
      assertThat(nextPass()).isEqualTo(LOOP);

      second.ensure();

      assertThat(nextPass())
          .isEqualTo(
              new Pass(ReconciliationStarter.firstPass(ID), ReconciliationRequest.once(INTERVAL)));
    }
  }

  @Test
  void leavesItAloneWhenItLooksAgain() {
    try (ReconciliationStarter starter = starter()) {
      starter.ensure();
      String run = runOf(WorkflowIds.reconciliation(ID));

      starter.ensure();

      assertThat(runOf(WorkflowIds.reconciliation(ID))).isEqualTo(run);
      assertThatThrownBy(() -> runOf(ReconciliationStarter.firstPass(ID)))
          .isInstanceOf(WorkflowNotFoundException.class);
    }
  }

  @Test
  void startsItAgainAfterATermination() throws InterruptedException {
    try (ReconciliationStarter starter = starter()) {
      starter.ensure();
      assertThat(nextPass()).isEqualTo(LOOP);
      temporal
          .getWorkflowClient()
          .newUntypedWorkflowStub(WorkflowIds.reconciliation(ID))
          .terminate("by a test");

      starter.ensure();

      assertThat(nextPass()).isEqualTo(LOOP);
    }
  }

  private ReconciliationStarter starter() {
    return new ReconciliationStarter(temporal.getWorkflowClient(), ID, false, INTERVAL);
  }

  private String runOf(String workflowId) {
    return temporal
        .getWorkflowClient()
        .newUntypedWorkflowStub(workflowId)
        .describe()
        .getExecution()
        .getRunId();
  }

  private Pass nextPass() throws InterruptedException {
    Pass pass = passes.poll(30, TimeUnit.SECONDS);
    assertThat(pass).isNotNull();
    return pass;
  }
}
