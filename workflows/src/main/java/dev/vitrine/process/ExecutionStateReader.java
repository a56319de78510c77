package dev.vitrine.process;

import dev.vitrine.activity.TransferHeartbeat;
import dev.vitrine.task.Progress;
import dev.vitrine.workflow.TaskQueues;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.enums.v1.PendingWorkflowTaskState;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Progress as the server keeps it: the last heartbeat of a workflow's running transfer. */
final class ExecutionStateReader {

  /** The activity types that heartbeat a {@link TransferHeartbeat}. */
  private static final Set<String> TRANSFERS =
      Set.of("Transfer", "TransferToStores", "ExportImage");

  /** The server's clock and this one, at most. */
  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(5);

  private ExecutionStateReader() {}

  static ExecutionState state(WorkflowExecutionDescription description, DataConverter converter) {
    boolean ended =
        description.getStatus() != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    Optional<PendingActivityInfo> transfer =
        description.getRawDescription().getPendingActivitiesList().stream()
            .filter(activity -> TRANSFERS.contains(activity.getActivityType().getName()))
            .findFirst();
    return new ExecutionState(
        ended,
        transfer
            .filter(PendingActivityInfo::hasHeartbeatDetails)
            .flatMap(activity -> decode(activity, converter))
            .orElse(null),
        transfer
            .filter(PendingActivityInfo::hasLastFailure)
            .map(activity -> activity.getLastFailure().getMessage())
            .orElse(null),
        awaitedQueue(description, transfer));
  }

  private static @Nullable String awaitedQueue(
      WorkflowExecutionDescription description, Optional<PendingActivityInfo> transfer) {
    if (description.getRawDescription().getPendingWorkflowTask().getState()
        == PendingWorkflowTaskState.PENDING_WORKFLOW_TASK_STATE_SCHEDULED) {
      return description.getTaskQueue();
    }
    return transfer
        .filter(
            activity ->
                activity.getState() == PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED)
        // A later attempt is scheduled, too, while its time has not come.
        .filter(activity -> activity.getAttempt() <= 1 || isOverdue(activity))
        .map(activity -> new TaskQueues(description.getTaskQueue()).transfers())
        .orElse(null);
  }

  private static boolean isOverdue(PendingActivityInfo activity) {
    Instant due = Instant.ofEpochSecond(activity.getScheduledTime().getSeconds());
    return due.plus(CLOCKS_DIFFER).isBefore(Instant.now());
  }

  private static Optional<Progress> decode(PendingActivityInfo activity, DataConverter converter) {
    TransferHeartbeat beat;
    try {
      beat =
          converter.fromPayloads(
              0,
              Optional.of(activity.getHeartbeatDetails()),
              TransferHeartbeat.class,
              TransferHeartbeat.class);
    } catch (DataConverterException e) {
      // Progress is a courtesy: a heartbeat that another version wrote must not fail a client.
      return Optional.empty();
    }
    // A later attempt shows the bytes of the one before it until its own first heartbeat.
    Progress said = beat.progress();
    int attempt = Math.max(said.attempt(), activity.getAttempt());
    return Optional.of(
        new Progress(
            said.step(),
            said.bytes(),
            said.total(),
            said.bytesPerSecond(),
            attempt,
            said.secondsSinceLastByte(),
            said.waiting()));
  }
}
