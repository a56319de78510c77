package dev.vitrine.reconciliation;

import static io.temporal.api.enums.v1.EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED;
import static io.temporal.api.enums.v1.EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED;

import com.google.protobuf.Timestamp;
import dev.vitrine.reconciliation.ServerVerdict.Live;
import dev.vitrine.reconciliation.ServerVerdict.Stuck;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryReverseRequest;
import io.temporal.api.workflowservice.v1.TerminateWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Workflows that are open and can't go on, because every worker that tries fails: their code does
 * not fit their history, or what they were given can't be read. A newer worker may be able to, so
 * that it is waited for; one that has not come for long is given up.
 *
 * @param patience how long it is waited for
 */
record StuckWorkflows(WorkflowClient client, Clock clock, Duration patience) {

  /** Fewer failures in a row are everyday: a worker that stops, a timeout. */
  private static final int ATTEMPTS = 5;

  /** Back to the last task that went through, unless more has come in meanwhile. */
  private static final int EVENTS = 200;

  /** Of one that the server takes for open. */
  ServerVerdict verdict(DescribeWorkflowExecutionResponse open) {
    if (open.getPendingWorkflowTask().getAttempt() < ATTEMPTS) {
      return new Live();
    }
    WorkflowExecution execution = open.getWorkflowExecutionInfo().getExecution();
    return failingSince(execution)
        .filter(since -> since.plus(patience).isBefore(clock.instant()))
        .<ServerVerdict>map(
            since ->
                new Stuck(
                    execution.getWorkflowId(),
                    execution.getRunId(),
                    "could not go on for %s (no worker could run it since %s)"
                        .formatted(patience, since.truncatedTo(ChronoUnit.SECONDS))))
        .orElseGet(Live::new);
  }

  /** When the first of the tasks failed that have failed since one went through. */
  private Optional<Instant> failingSince(WorkflowExecution execution) {
    Instant since = null;
    for (HistoryEvent event :
        client
            .getWorkflowServiceStubs()
            .blockingStub()
            .getWorkflowExecutionHistoryReverse(
                GetWorkflowExecutionHistoryReverseRequest.newBuilder()
                    .setNamespace(client.getOptions().getNamespace())
                    .setExecution(execution)
                    .setMaximumPageSize(EVENTS)
                    .build())
            .getHistory()
            .getEventsList()) {
      if (event.getEventType() == EVENT_TYPE_WORKFLOW_TASK_COMPLETED) {
        break;
      }
      if (event.getEventType() == EVENT_TYPE_WORKFLOW_TASK_FAILED) {
        since = instant(event.getEventTime());
      }
    }
    return Optional.ofNullable(since);
  }

  /** Ends it, so that nothing of it acts any more; one that has ended meanwhile is fine. */
  void terminate(Stuck stuck) {
    try {
      var unused =
          client
              .getWorkflowServiceStubs()
              .blockingStub()
              .terminateWorkflowExecution(
                  TerminateWorkflowExecutionRequest.newBuilder()
                      .setNamespace(client.getOptions().getNamespace())
                      .setWorkflowExecution(
                          WorkflowExecution.newBuilder()
                              .setWorkflowId(stuck.workflowId())
                              .setRunId(stuck.runId()))
                      .setReason("reconciliation: it " + stuck.why())
                      .setIdentity(client.getOptions().getIdentity())
                      .build());
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.NOT_FOUND) {
        throw e;
      }
    }
  }

  private static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }
}
