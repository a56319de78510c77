package dev.vitrine.worker;

import dev.vitrine.config.ReconciliationSettings;
import dev.vitrine.registry.InstallationRecord;
import dev.vitrine.thread.DaemonThreads;
import dev.vitrine.workflow.InstallationId;
import dev.vitrine.workflow.TaskQueues;
import dev.vitrine.workflow.WorkflowIds;
import dev.vitrine.workflow.reconciliation.ReconciliationRequest;
import dev.vitrine.workflow.reconciliation.ReconciliationWorkflow;
import io.grpc.Status;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.ScheduleException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that reconciliation happens: a pass at once, then one each interval, by a Schedule or,
 * where the server has none, by a workflow that repeats itself. Looks again each interval, in case
 * somebody deleted the one or terminated the other. Any number of processes may do this at once.
 */
final class ReconciliationStarter implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ReconciliationStarter.class);

  private final WorkflowClient client;
  private final InstallationId installation;
  private final boolean formerWork;
  private final Duration interval;
  private final ReconciliationSchedule schedule;
  private final ScheduledExecutorService clock;
  private final @Nullable SweepSchedule sweeps;
  private boolean firstPassStarted;
  private boolean sweepsEnsured;

  /**
   * @param formerWork whether the Schedule of former releases is taken away
   * @param interval between two passes
   */
  ReconciliationStarter(
      WorkflowClient client, InstallationId installation, boolean formerWork, Duration interval) {
    this(client, installation, formerWork, interval, null);
  }

  /** Of an installation, with its sweeps through the stores. */
  static ReconciliationStarter of(
      WorkflowClient client, InstallationRecord installation, ReconciliationSettings settings) {
    return new ReconciliationStarter(
        client,
        installation.id(),
        installation.formerWork(),
        settings.interval(),
        new SweepSchedule(client, installation.id(), settings.sweep()));
  }

  private ReconciliationStarter(
      WorkflowClient client,
      InstallationId installation,
      boolean formerWork,
      Duration interval,
      @Nullable SweepSchedule sweeps) {
    this.sweeps = sweeps;
    this.client = client;
    this.installation = installation;
    this.formerWork = formerWork;
    this.interval = interval;
    this.schedule = new ReconciliationSchedule(client, installation, interval);
    this.clock =
        Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("vitrine-reconciliation"));
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
      if (!schedule.create() && !firstPassStarted) {
        schedule.bringUpToDate();
        schedule.trigger();
      }
      if (formerWork) {
        // Again and again: a process of a former release makes it anew.
        schedule.deleteFormer();
      }
    } catch (ScheduleException e) {
      if (ReconciliationSchedule.code(e) != Status.Code.UNIMPLEMENTED) {
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
    try {
      ensureSweeps();
    } catch (RuntimeException e) {
      log.warn("sweeps can't be scheduled, which is tried again in {}: {}", interval, e, e);
    }
  }

  /** Once: a server is asked no more often than there is something to say. */
  private void ensureSweeps() {
    SweepSchedule schedule = sweeps;
    if (schedule != null && !sweepsEnsured) {
      var unused = schedule.ensure();
      sweepsEnsured = true;
    }
  }

  private void ensureLoop() {
    boolean started =
        startUnlessRunning(
            WorkflowIds.reconciliation(installation), ReconciliationRequest.repeated(interval));
    if (!started && !firstPassStarted) {
      startUnlessRunning(firstPass(installation), ReconciliationRequest.once(interval));
    }
  }

  /** The id of the extra pass where the repeating workflow runs already. */
  static String firstPass(InstallationId installation) {
    return WorkflowIds.reconciliation(installation) + "/at-start";
  }

  private boolean startUnlessRunning(String workflowId, ReconciliationRequest request) {
    ReconciliationWorkflow workflow =
        client.newWorkflowStub(
            ReconciliationWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(workflowId)
                .setTaskQueue(TaskQueues.of(installation).workflows())
                // One that repeats itself waits for an interval in each of its runs, too.
                .setWorkflowRunTimeout(ReconciliationSchedule.runTimeout(interval).plus(interval))
                .build());
    try {
      WorkflowClient.start(workflow::reconcile, request);
      return true;
    } catch (WorkflowExecutionAlreadyStarted e) {
      return false;
    }
  }
}
