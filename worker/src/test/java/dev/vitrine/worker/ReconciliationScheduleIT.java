package dev.vitrine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.worker.RecordedReconciliation.Pass;
import dev.vitrine.workflow.ReconciliationRequest;
import dev.vitrine.workflow.ReconciliationWorkflow;
import dev.vitrine.workflow.TaskQueues;
import dev.vitrine.workflow.WorkflowIds;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On a real server, which has schedules. */
class ReconciliationScheduleIT {

  private static final Duration INTERVAL = Duration.ofHours(1);

  private static final BlockingQueue<Pass> PASSES = new LinkedBlockingQueue<>();
  private static TestWorkflowEnvironment temporal;

  @BeforeAll
  static void startServer() {
    temporal = RealTemporal.start();
    temporal
        .newWorker(TaskQueues.WORKFLOWS)
        .registerWorkflowImplementationFactory(
            ReconciliationWorkflow.class, () -> new RecordedReconciliation(PASSES));
    temporal.start();
  }

  @AfterAll
  static void stopServer() {
    if (temporal != null) {
      temporal.close();
    }
  }

  @AfterEach
  void deleteSchedule() {
    schedule().delete();
    PASSES.clear();
  }

  @Test
  void createsAScheduleAndMakesAPassAtOnce() throws InterruptedException {
    try (ReconciliationStarter starter = starter(INTERVAL)) {
      starter.start();

      assertThatASinglePassIsMade();
    }
    assertThat(present().getSpec().getIntervals())
        .extracting(ScheduleIntervalSpec::getEvery)
        .containsExactly(INTERVAL);
  }

  @Test
  void makesAPassAtOnceWhereTheScheduleIsThereAlready() throws InterruptedException {
    try (ReconciliationStarter first = starter(INTERVAL);
        ReconciliationStarter second = starter(INTERVAL)) {
      first.ensure();
      assertThatASinglePassIsMade();

      second.ensure();

      assertThatASinglePassIsMade();
    }
  }

  @Test
  void bringsAnOlderScheduleUpToDateAndKeepsItPaused() throws InterruptedException {
    try (ReconciliationStarter first = starter(INTERVAL);
        ReconciliationStarter second = starter(INTERVAL.multipliedBy(2))) {
      first.ensure();
      assertThatASinglePassIsMade();
      schedule().pause("by a test");

      second.ensure();
    }

    assertThat(present().getSpec().getIntervals())
        .extracting(ScheduleIntervalSpec::getEvery)
        .containsExactly(INTERVAL.multipliedBy(2));
    assertThat(present().getState().isPaused()).isTrue();
    assertThat(present().getState().getNote()).isEqualTo("by a test");
  }

  @Test
  void createsItAgainAfterADeletion() throws InterruptedException {
    try (ReconciliationStarter starter = starter(INTERVAL)) {
      starter.ensure();
      assertThatASinglePassIsMade();
      schedule().delete();

      starter.ensure();

      assertThatASinglePassIsMade();
    }
  }

  private static void assertThatASinglePassIsMade() throws InterruptedException {
    Pass pass = PASSES.poll(30, TimeUnit.SECONDS);
    assertThat(pass).isNotNull();
    assertThat(pass.workflowId()).startsWith(WorkflowIds.RECONCILIATION);
    assertThat(pass.request()).isEqualTo(new ReconciliationRequest(null));
    // A pass that is still open would swallow the next trigger.
    temporal.getWorkflowClient().newUntypedWorkflowStub(pass.workflowId()).getResult(Object.class);
  }

  private static ReconciliationStarter starter(Duration interval) {
    return new ReconciliationStarter(temporal.getWorkflowClient(), interval);
  }

  private static Schedule present() {
    return schedule().describe().getSchedule();
  }

  private static ScheduleHandle schedule() {
    return ScheduleClient.newInstance(temporal.getWorkflowServiceStubs())
        .getHandle(ReconciliationStarter.SCHEDULE);
  }
}
