package dev.vitrine.worker;

import dev.vitrine.activity.SweepOrder;
import dev.vitrine.config.SweepSettings;
import dev.vitrine.workflow.InstallationId;
import dev.vitrine.workflow.TaskQueues;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.verification.StoreSweepWorkflow;
import dev.vitrine.workflow.verification.SweepRun;
import io.grpc.Status;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleUpdate;
import io.temporal.common.converter.DataConverterException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Schedule of an installation's sweeps, made at start. Whether it is paused and what else was
 * changed in it is somebody's decision and kept; what a sweep looks at is the settings'.
 */
final class SweepSchedule {

  private static final Logger log = LoggerFactory.getLogger(SweepSchedule.class);

  private final ScheduleClient schedules;
  private final String id;
  private final WorkflowOptions start;
  private final SweepSettings settings;

  SweepSchedule(WorkflowClient client, InstallationId installation, SweepSettings settings) {
    this.schedules = ReconciliationSchedule.schedules(client);
    this.id = WorkflowIds.sweepSchedule(installation);
    this.start =
        WorkflowOptions.newBuilder()
            .setWorkflowId(WorkflowIds.sweep(installation))
            .setTaskQueue(TaskQueues.of(installation).workflows())
            .build();
    this.settings = settings;
  }

  /**
   * Makes it as the settings say, or takes it away if they say that there is none.
   *
   * @return false if the server has no schedules
   */
  boolean ensure() {
    try {
      if (settings.enabled()) {
        createOrUpdate();
      } else {
        deleteIfThere();
      }
      return true;
    } catch (ScheduleException e) {
      if (ReconciliationSchedule.code(e) != Status.Code.UNIMPLEMENTED) {
        throw e;
      }
      log.info("the Temporal server has no schedules: sweeps are made by 'vitrine fsck' alone");
      return false;
    }
  }

  private void createOrUpdate() {
    try {
      var unused =
          schedules.createSchedule(
              id,
              Schedule.newBuilder()
                  .setAction(action())
                  .setSpec(ReconciliationSchedule.every(settings.interval()))
                  .setPolicy(
                      SchedulePolicy.newBuilder()
                          .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
                          .build())
                  .build(),
              ScheduleOptions.newBuilder().build());
      log.info("created the schedule {}, every {}", id, settings.interval());
    } catch (ScheduleAlreadyRunningException e) {
      handle()
          .update(
              now ->
                  updated(now.getDescription().getSchedule())
                      .map(ScheduleUpdate::new)
                      .orElse(null));
    }
  }

  private Optional<Schedule> updated(Schedule present) {
    SweepRun run = run(present);
    if (wanted().equals(run)) {
      return Optional.empty();
    }
    Schedule.Builder to = Schedule.newBuilder(present).setAction(action());
    if (run != null && ReconciliationSchedule.isEvery(present.getSpec(), run.every())) {
      to.setSpec(ReconciliationSchedule.every(settings.interval()));
    }
    return Optional.of(to.build());
  }

  private static @Nullable SweepRun run(Schedule present) {
    try {
      return present.getAction() instanceof ScheduleActionStartWorkflow action
              && action.getArguments() != null
              && action.getArguments().getSize() > 0
          ? action.getArguments().get(0, SweepRun.class)
          : null;
    } catch (DataConverterException e) {
      return null;
    }
  }

  private void deleteIfThere() {
    try {
      handle().delete();
      log.info("deleted the schedule {}", id);
    } catch (ScheduleException e) {
      if (ReconciliationSchedule.code(e) != Status.Code.NOT_FOUND) {
        throw e;
      }
    }
  }

  private ScheduleHandle handle() {
    return schedules.getHandle(id);
  }

  private SweepRun wanted() {
    SweepOrder order =
        new SweepOrder(
            null,
            settings.bytesPerSecond() > 0,
            true,
            settings.repair(),
            settings.grace(),
            settings.bytesPerSecond(),
            settings.objectsPerSecond());
    return SweepRun.every(settings.interval(), order);
  }

  private ScheduleActionStartWorkflow action() {
    return ScheduleActionStartWorkflow.newBuilder()
        .setWorkflowType(StoreSweepWorkflow.class)
        .setOptions(start)
        .setArguments(wanted())
        .build();
  }
}
