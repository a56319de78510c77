package dev.vitrine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.activity.SweepOrder;
import dev.vitrine.config.SweepSettings;
import dev.vitrine.worker.RecordedReconciliation.Pass;
import dev.vitrine.workflow.InstallationId;
import dev.vitrine.workflow.TaskQueues;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.reconciliation.ReconciliationRequest;
import dev.vitrine.workflow.reconciliation.ReconciliationWorkflow;
import dev.vitrine.workflow.verification.SweepRun;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleState;
import io.temporal.client.schedules.ScheduleUpdate;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.util.List;
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

  private static final InstallationId ID = new InstallationId("test");
  private static final BlockingQueue<Pass> PASSES = new LinkedBlockingQueue<>();
  private static TestWorkflowEnvironment temporal;

  @BeforeAll
  static void startServer() {
    temporal = RealTemporal.start();
    temporal
        .newWorker(TaskQueues.of(ID).workflows())
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
  void schedulesSweepsAsTheSettingsSayAndKeepsAPause() {
    try (ReconciliationStarter unused = starter(INTERVAL)) {
      unused.ensure();
    }
    sweeps(true, Duration.ofDays(7), false);
    ScheduleHandle handle =
        ReconciliationSchedule.schedules(temporal.getWorkflowClient())
            .getHandle(WorkflowIds.sweepSchedule(ID));
    assertThat(orderOf(handle).repair()).isFalse();
    assertThat(orderOf(handle).read()).isTrue();
    handle.pause("by a test");

    sweeps(true, Duration.ofDays(3), true);

    Schedule now = handle.describe().getSchedule();
    assertThat(now.getState().isPaused()).isTrue();
    assertThat(now.getSpec().getIntervals())
        .extracting(ScheduleIntervalSpec::getEvery)
        .containsExactly(Duration.ofDays(3));
    assertThat(orderOf(handle).repair()).isTrue();

    handle.update(
        before ->
            new ScheduleUpdate(
                Schedule.newBuilder(before.getDescription().getSchedule())
                    .setSpec(every(Duration.ofHours(5)))
                    .build()));
    sweeps(true, Duration.ofDays(2), true);
    assertThat(handle.describe().getSchedule().getSpec().getIntervals())
        .extracting(ScheduleIntervalSpec::getEvery)
        .containsExactly(Duration.ofHours(5));

    sweeps(false, Duration.ofDays(3), true);
    sweeps(false, Duration.ofDays(3), true);
    assertThatThrownBy(handle::describe).isInstanceOf(ScheduleException.class);
  }

  private static void sweeps(boolean enabled, Duration interval, boolean repair) {
    SweepSettings settings =
        new SweepSettings(enabled, interval, 1 << 20, 10, Duration.ofHours(1), repair);
    assertThat(new SweepSchedule(temporal.getWorkflowClient(), ID, settings).ensure()).isTrue();
  }

  private static SweepOrder orderOf(ScheduleHandle handle) {
    ScheduleActionStartWorkflow action =
        (ScheduleActionStartWorkflow) handle.describe().getSchedule().getAction();
    return action.getArguments().get(0, SweepRun.class).order();
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
  void followsTheSettingsAndKeepsAPause() throws InterruptedException {
    try (ReconciliationStarter first = starter(INTERVAL);
        ReconciliationStarter second = starter(INTERVAL.multipliedBy(2))) {
      first.ensure();
      assertThatASinglePassIsMade();
      schedule().pause("by a test");

      second.ensure();
      assertThatASinglePassIsMade(INTERVAL.multipliedBy(2));
    }

    assertThat(present().getSpec().getIntervals())
        .extracting(ScheduleIntervalSpec::getEvery)
        .containsExactly(INTERVAL.multipliedBy(2));
    assertThat(present().getState().isPaused()).isTrue();
    assertThat(present().getState().getNote()).isEqualTo("by a test");
  }

  @Test
  void keepsWhatSomebodyChangedInTheSchedule() throws InterruptedException {
    Duration own = Duration.ofMinutes(7);
    try (ReconciliationStarter first = starter(INTERVAL);
        ReconciliationStarter second = starter(INTERVAL.multipliedBy(2))) {
      first.ensure();
      assertThatASinglePassIsMade();
      schedule()
          .update(
              now ->
                  new ScheduleUpdate(
                      Schedule.newBuilder(now.getDescription().getSchedule())
                          .setSpec(every(own))
                          .setPolicy(
                              SchedulePolicy.newBuilder()
                                  .setOverlap(
                                      ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_BUFFER_ONE)
                                  .build())
                          .setState(ScheduleState.newBuilder().setNote("by a test").build())
                          .build()));

      second.ensure();
      assertThatASinglePassIsMade(INTERVAL.multipliedBy(2));
    }

    assertThat(present().getSpec().getIntervals())
        .extracting(ScheduleIntervalSpec::getEvery)
        .containsExactly(own);
    assertThat(present().getPolicy().getOverlap())
        .isEqualTo(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_BUFFER_ONE);
    assertThat(present().getState().getNote()).isEqualTo("by a test");
  }

  @Test
  void startsWhatThisReleaseStartsWhateverTheScheduleStarted() throws InterruptedException {
    try (ReconciliationStarter first = starter(INTERVAL);
        ReconciliationStarter second = starter(INTERVAL)) {
      first.ensure();
      assertThatASinglePassIsMade();
      schedule()
          .update(
              now ->
                  new ScheduleUpdate(
                      Schedule.newBuilder(now.getDescription().getSchedule())
                          .setAction(
                              ScheduleActionStartWorkflow.newBuilder()
                                  .setWorkflowType("Another")
                                  .setOptions(
                                      WorkflowOptions.newBuilder()
                                          .setWorkflowId("another")
                                          .setTaskQueue("nobody's")
                                          .build())
                                  .build())
                          .build()));

      second.ensure();

      assertThatASinglePassIsMade();
    }
  }

  @Test
  void givesUpAPassThatDoesNotEnd() throws InterruptedException {
    Duration longer = INTERVAL.multipliedBy(2);
    try (ReconciliationStarter first = starter(INTERVAL);
        ReconciliationStarter second = starter(longer)) {
      first.ensure();
      assertThatASinglePassIsMade();
      assertThat(runTimeout()).isEqualTo(ReconciliationSchedule.runTimeout(INTERVAL));
      setRunTimeout(Duration.ZERO); // As in a Schedule from before there was one.

      second.ensure();
      assertThatASinglePassIsMade(longer);
    }

    assertThat(runTimeout()).isEqualTo(ReconciliationSchedule.runTimeout(longer));
  }

  @Test
  void followsTheSettingsInWhenAPassIsGivenUpUnlessSomebodyChangedIt() throws InterruptedException {
    Duration longer = INTERVAL.multipliedBy(2);
    Duration own = Duration.ofMinutes(7);
    try (ReconciliationStarter first = starter(INTERVAL);
        ReconciliationStarter second = starter(longer);
        ReconciliationStarter third = starter(INTERVAL)) {
      first.ensure();
      assertThatASinglePassIsMade();

      second.ensure();
      assertThatASinglePassIsMade(longer);
      assertThat(runTimeout()).isEqualTo(ReconciliationSchedule.runTimeout(longer));
      setRunTimeout(own);

      third.ensure();
      assertThatASinglePassIsMade();
    }

    assertThat(runTimeout()).isEqualTo(own);
  }

  private static Duration runTimeout() {
    return ((ScheduleActionStartWorkflow) present().getAction())
        .getOptions()
        .getWorkflowRunTimeout();
  }

  private static void setRunTimeout(Duration timeout) {
    schedule()
        .update(
            now -> {
              Schedule present = now.getDescription().getSchedule();
              ScheduleActionStartWorkflow action =
                  (ScheduleActionStartWorkflow) present.getAction();
              return new ScheduleUpdate(
                  Schedule.newBuilder(present)
                      .setAction(
                          ScheduleActionStartWorkflow.newBuilder(action)
                              .setOptions(
                                  WorkflowOptions.newBuilder(action.getOptions())
                                      .setWorkflowRunTimeout(timeout)
                                      .build())
                              .build())
                      .build());
            });
  }

  @Test
  void takesThePlaceOfTheScheduleOfFormerReleases() throws InterruptedException {
    ScheduleClient schedules = ScheduleClient.newInstance(temporal.getWorkflowServiceStubs());
    schedules.createSchedule(
        ReconciliationSchedule.FORMER,
        Schedule.newBuilder()
            .setAction(
                ScheduleActionStartWorkflow.newBuilder()
                    .setWorkflowType(ReconciliationWorkflow.class)
                    .setOptions(
                        WorkflowOptions.newBuilder()
                            .setWorkflowId("reconciliation")
                            .setTaskQueue(TaskQueues.FORMER.workflows())
                            .build())
                    .build())
            .setSpec(every(INTERVAL))
            .build(),
        ScheduleOptions.newBuilder().build());

    try (ReconciliationStarter starter =
        new ReconciliationStarter(temporal.getWorkflowClient(), ID, true, INTERVAL)) {
      starter.ensure();
      assertThatASinglePassIsMade();
      starter.ensure();
    }

    assertThatThrownBy(() -> schedules.getHandle(ReconciliationSchedule.FORMER).describe())
        .isInstanceOf(ScheduleException.class);
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
    assertThatASinglePassIsMade(INTERVAL);
  }

  private static void assertThatASinglePassIsMade(Duration interval) throws InterruptedException {
    Pass pass = PASSES.poll(30, TimeUnit.SECONDS);
    assertThat(pass).isNotNull();
    assertThat(pass.workflowId()).startsWith(WorkflowIds.reconciliation(ID));
    assertThat(pass.request()).isEqualTo(ReconciliationRequest.once(interval));
    // A pass that is still open would swallow the next trigger.
    temporal.getWorkflowClient().newUntypedWorkflowStub(pass.workflowId()).getResult(Object.class);
  }

  private static ScheduleSpec every(Duration interval) {
    return ScheduleSpec.newBuilder()
        .setIntervals(List.of(new ScheduleIntervalSpec(interval)))
        .build();
  }

  private static ReconciliationStarter starter(Duration interval) {
    return new ReconciliationStarter(temporal.getWorkflowClient(), ID, false, interval);
  }

  private static Schedule present() {
    return schedule().describe().getSchedule();
  }

  private static ScheduleHandle schedule() {
    return ScheduleClient.newInstance(temporal.getWorkflowServiceStubs())
        .getHandle(WorkflowIds.schedule(ID));
  }
}
