package dev.vitrine.worker;

import dev.vitrine.workflow.InstallationId;
import dev.vitrine.workflow.TaskQueues;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.reconciliation.ReconciliationRequest;
import dev.vitrine.workflow.reconciliation.ReconciliationWorkflow;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleUpdate;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.EncodedValues;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Schedule of an installation's reconciliation. When it runs, whether it is paused and what
 * else was changed in it is somebody's decision and kept; what it starts is this release's.
 */
final class ReconciliationSchedule {

  /** That of releases without installations. */
  static final String FORMER = "vitrine-reconciliation";

  /**
   * A pass in which every step takes as long as it may ends by then, or within its interval where
   * that is long.
   */
  private static final Duration LEAST_RUN_TIMEOUT = Duration.ofMinutes(20);

  private static final Logger log = LoggerFactory.getLogger(ReconciliationSchedule.class);

  private final ScheduleClient schedules;
  private final String id;
  private final WorkflowOptions start;
  private final Duration interval;

  /**
   * @param interval between two passes
   */
  ReconciliationSchedule(WorkflowClient client, InstallationId installation, Duration interval) {
    this.schedules = schedules(client);
    this.id = WorkflowIds.schedule(installation);
    this.start =
        WorkflowOptions.newBuilder()
            .setWorkflowId(WorkflowIds.reconciliation(installation))
            .setTaskQueue(TaskQueues.of(installation).workflows())
            .setWorkflowRunTimeout(runTimeout(interval))
            .build();
    this.interval = interval;
  }

  /** The schedules of a client's namespace. */
  static ScheduleClient schedules(WorkflowClient client) {
    return ScheduleClient.newInstance(
        client.getWorkflowServiceStubs(),
        ScheduleClientOptions.newBuilder()
            .setNamespace(client.getOptions().getNamespace())
            .setIdentity(client.getOptions().getIdentity())
            .setDataConverter(client.getOptions().getDataConverter())
            .build());
  }

  /**
   * When a pass is given up that does not end: its own workflow may be what can't go on, and while
   * it is open no other one begins.
   *
   * @param interval between two passes
   */
  static Duration runTimeout(Duration interval) {
    Duration several = interval.multipliedBy(3);
    return several.compareTo(LEAST_RUN_TIMEOUT) < 0 ? LEAST_RUN_TIMEOUT : several;
  }

  /**
   * Creates it, with a pass at once.
   *
   * @return false if it is there already
   */
  boolean create() {
    try {
      schedules.createSchedule(
          id,
          Schedule.newBuilder()
              .setAction(action(start))
              .setSpec(spec())
              .setPolicy(
                  SchedulePolicy.newBuilder()
                      .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
                      .build())
              .build(),
          ScheduleOptions.newBuilder().setTriggerImmediately(true).build());
      log.info("created the schedule {}, every {}", id, interval);
      return true;
    } catch (ScheduleAlreadyRunningException e) {
      return false;
    }
  }

  /**
   * Makes it start what this release starts, and at the interval of the settings unless somebody
   * gave it another: the action's argument tells what a worker set.
   */
  void bringUpToDate() {
    schedules
        .getHandle(id)
        .update(
            now ->
                updated(now.getDescription().getSchedule()).map(ScheduleUpdate::new).orElse(null));
  }

  private Optional<Schedule> updated(Schedule present) {
    ScheduleActionStartWorkflow action =
        present.getAction() instanceof ScheduleActionStartWorkflow known ? known : null;
    ReconciliationRequest request = action == null ? null : request(action);
    if (action != null && request != null && request.equals(wanted()) && startsOurs(action)) {
      return Optional.empty();
    }
    Schedule.Builder to =
        Schedule.newBuilder(present)
            .setAction(
                action(
                    action == null
                        ? start
                        : WorkflowOptions.newBuilder(action.getOptions())
                            .setWorkflowId(start.getWorkflowId())
                            .setTaskQueue(start.getTaskQueue())
                            .setWorkflowRunTimeout(runTimeout(action, request))
                            .build()));
    if (request != null && isEvery(present.getSpec(), request.interval())) {
      to.setSpec(spec());
    }
    return Optional.of(to.build());
  }

  /** Somebody's own, if it is neither none nor what a worker set with the present interval. */
  private Duration runTimeout(
      ScheduleActionStartWorkflow action, @Nullable ReconciliationRequest request) {
    Duration present = action.getOptions().getWorkflowRunTimeout();
    boolean isOwn =
        hasRunTimeout(action)
            && (request == null
                || request.interval() == null
                || !runTimeout(request.interval()).equals(present));
    return isOwn ? present : runTimeout(interval);
  }

  private static boolean hasRunTimeout(ScheduleActionStartWorkflow action) {
    Duration present = action.getOptions().getWorkflowRunTimeout();
    return present != null && !present.isZero();
  }

  private boolean startsOurs(ScheduleActionStartWorkflow action) {
    return hasRunTimeout(action)
        && action.getWorkflowType().equals(action(start).getWorkflowType())
        && start.getWorkflowId().equals(action.getOptions().getWorkflowId())
        && start.getTaskQueue().equals(action.getOptions().getTaskQueue());
  }

  private static @Nullable ReconciliationRequest request(ScheduleActionStartWorkflow action) {
    EncodedValues arguments = action.getArguments();
    try {
      return arguments == null || arguments.getSize() == 0
          ? null
          : arguments.get(0, ReconciliationRequest.class);
    } catch (DataConverterException e) {
      return null;
    }
  }

  /** Whether it is due at that interval and never else. */
  static boolean isEvery(ScheduleSpec spec, @Nullable Duration interval) {
    return interval != null
        && spec.getIntervals().stream()
            .map(ScheduleIntervalSpec::getEvery)
            .toList()
            .equals(List.of(interval));
  }

  /** Makes a pass now, unless one is going on. */
  void trigger() {
    schedules.getHandle(id).trigger(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP);
  }

  /** Deletes the Schedule of former releases, if there is one. */
  void deleteFormer() {
    try {
      schedules.getHandle(FORMER).delete();
      log.info("deleted the schedule {}, in whose place {} is", FORMER, id);
    } catch (ScheduleException e) {
      if (code(e) != Status.Code.NOT_FOUND) {
        throw e;
      }
    }
  }

  static Status.Code code(ScheduleException e) {
    return e.getCause() instanceof StatusRuntimeException cause
        ? cause.getStatus().getCode()
        : Status.Code.UNKNOWN;
  }

  private ReconciliationRequest wanted() {
    return ReconciliationRequest.once(interval);
  }

  private ScheduleActionStartWorkflow action(WorkflowOptions options) {
    return ScheduleActionStartWorkflow.newBuilder()
        .setWorkflowType(ReconciliationWorkflow.class)
        .setOptions(options)
        .setArguments(wanted())
        .build();
  }

  private ScheduleSpec spec() {
    return every(interval);
  }

  /** Due at that interval. */
  static ScheduleSpec every(Duration interval) {
    return ScheduleSpec.newBuilder()
        .setIntervals(List.of(new ScheduleIntervalSpec(interval)))
        .build();
  }
}
