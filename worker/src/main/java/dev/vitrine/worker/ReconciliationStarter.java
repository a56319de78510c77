package dev.vitrine.worker;

import dev.vitrine.workflow.ReconciliationRequest;
import dev.vitrine.workflow.ReconciliationWorkflow;
import dev.vitrine.workflow.TaskQueues;
import dev.vitrine.workflow.WorkflowIds;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleUpdate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that reconciliation happens: a pass at once, then one each interval, by a Schedule or,
 * where the server has none, by a workflow that repeats itself. Looks again each interval, in case
 * somebody deleted the one or terminated the other. Any number of processes may do this at once.
 */
final class ReconciliationStarter implements AutoCloseable {

  /** Of the Schedule. */
  static final String SCHEDULE = "vitrine-reconciliation";

  /** Of the extra pass where the repeating workflow runs already. */
  static final String FIRST_PASS = WorkflowIds.RECONCILIATION + "/at-start";

  private static final Logger log = LoggerFactory.getLogger(ReconciliationStarter.class);

  private final WorkflowClient client;
  private final ScheduleClient schedules;
  private final Duration interval;
  private final ScheduledExecutorService clock;
  private boolean firstPassStarted;

  /**
   * @param interval between two passes
   */
  ReconciliationStarter(WorkflowClient client, Duration interval) {
    this.client = client;
    this.schedules =
        ScheduleClient.newInstance(
            client.getWorkflowServiceStubs(),
            ScheduleClientOptions.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .setIdentity(client.getOptions().getIdentity())
                .setDataConverter(client.getOptions().getDataConverter())
                .build());
    this.interval = interval;
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "reconciliation-starter");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Makes sure of it now and each interval from now on, on a thread of its own. */
  @SuppressWarnings("FutureReturnValueIgnored") // The task reports its own errors.
  void start() {
    clock.scheduleWithFixedDelay(this::tryEnsure, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  /** Makes sure of it once. The first call that succeeds also sees to a pass at once. */
  synchronized void ensure() {
    try {
      ensureSchedule();
    } catch (ScheduleException e) {
      if (code(e) != Status.Code.UNIMPLEMENTED) {
        throw e;
      }
      ensureLoop();
    }
    firstPassStarted = true;
  }

  private void tryEnsure() {
    try {
      ensure();
    } catch (RuntimeException e) {
      // Left to the next time: whatever is wrong, the worker has other work.
      log.warn("reconciliation can't be started, and is tried again in {}: {}", interval, e, e);
    }
  }

  private void ensureSchedule() {
    try {
      schedules.createSchedule(
          SCHEDULE,
          onto(Schedule.newBuilder()),
          ScheduleOptions.newBuilder().setTriggerImmediately(true).build());
      log.info("created the schedule {}, every {}", SCHEDULE, interval);
    } catch (ScheduleAlreadyRunningException e) {
      if (!firstPassStarted) {
        ScheduleHandle schedule = schedules.getHandle(SCHEDULE);
        // Whether it is paused is somebody's decision, and kept.
        schedule.update(
            now ->
                new ScheduleUpdate(onto(Schedule.newBuilder(now.getDescription().getSchedule()))));
        schedule.trigger(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP);
      }
    }
  }

  private Schedule onto(Schedule.Builder schedule) {
    return schedule
        .setAction(
            ScheduleActionStartWorkflow.newBuilder()
                .setWorkflowType(ReconciliationWorkflow.class)
                .setOptions(options(WorkflowIds.RECONCILIATION))
                .setArguments(new ReconciliationRequest(null))
                .build())
        .setSpec(
            ScheduleSpec.newBuilder()
                .setIntervals(List.of(new ScheduleIntervalSpec(interval)))
                .build())
        .setPolicy(
            SchedulePolicy.newBuilder()
                .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
                .build())
        .build();
  }

  private void ensureLoop() {
    boolean started =
        startUnlessRunning(WorkflowIds.RECONCILIATION, new ReconciliationRequest(interval));
    if (!started && !firstPassStarted) {
      startUnlessRunning(FIRST_PASS, new ReconciliationRequest(null));
    }
  }

  private boolean startUnlessRunning(String workflowId, ReconciliationRequest request) {
    ReconciliationWorkflow workflow =
        client.newWorkflowStub(ReconciliationWorkflow.class, options(workflowId));
    try {
      WorkflowClient.start(workflow::reconcile, request);
      return true;
    } catch (WorkflowExecutionAlreadyStarted e) {
      return false;
    }
  }

  private static WorkflowOptions options(String workflowId) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(workflowId)
        .setTaskQueue(TaskQueues.WORKFLOWS)
        .build();
  }

  private static Status.Code code(ScheduleException e) {
    return e.getCause() instanceof StatusRuntimeException cause
        ? cause.getStatus().getCode()
        : Status.Code.UNKNOWN;
  }
}
