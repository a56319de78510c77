package dev.vitrine.reconciliation;

import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_PAUSED;
import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;

import dev.vitrine.reconciliation.ServerVerdict.Gone;
import dev.vitrine.reconciliation.ServerVerdict.Unanswered;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.errordetails.v1.NamespaceNotFoundFailure;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.StatusUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Whether workflows are going on, asked of the server by their ids: visibility lags, and the
 * in-memory server has none.
 *
 * @param stuck tells those that are open and can't go on
 */
record Liveness(WorkflowClient client, StuckWorkflows stuck) {

  private static final long ANSWER_SECONDS = 10;

  /**
   * Asks about all of them side by side.
   *
   * @return a verdict for each, in their order
   * @throws StatusRuntimeException if the server answered none of the questions, or has no such
   *     namespace, in which every workflow would seem dead
   */
  List<ServerVerdict> ask(List<String> workflowIds) {
    List<Future<DescribeWorkflowExecutionResponse>> answers = new ArrayList<>();
    for (String workflowId : workflowIds) {
      answers.add(
          client
              .getWorkflowServiceStubs()
              .futureStub()
              .withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS)
              .describeWorkflowExecution(
                  DescribeWorkflowExecutionRequest.newBuilder()
                      .setNamespace(client.getOptions().getNamespace())
                      .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                      .build()));
    }
    List<ServerVerdict> verdicts = answers.stream().map(this::verdict).toList();
    if (!verdicts.isEmpty() && verdicts.stream().allMatch(Unanswered.class::isInstance)) {
      throw ((Unanswered) verdicts.get(0)).error();
    }
    return verdicts;
  }

  private ServerVerdict verdict(Future<DescribeWorkflowExecutionResponse> answer) {
    DescribeWorkflowExecutionResponse response;
    try {
      response = answer.get();
    } catch (ExecutionException e) {
      return unanswered(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the worker stops", e);
    }
    WorkflowExecutionStatus status = response.getWorkflowExecutionInfo().getStatus();
    if (status != WORKFLOW_EXECUTION_STATUS_RUNNING && status != WORKFLOW_EXECUTION_STATUS_PAUSED) {
      return new Gone(describe(status));
    }
    return stuck.verdict(response);
  }

  private static ServerVerdict unanswered(ExecutionException e) {
    if (!(e.getCause() instanceof StatusRuntimeException error)) {
      throw new IllegalStateException(e.getCause());
    }
    if (error.getStatus().getCode() != Status.Code.NOT_FOUND) {
      return new Unanswered(error);
    }
    if (StatusUtils.hasFailure(error, NamespaceNotFoundFailure.class)) {
      throw error;
    }
    return new Gone("is unknown to the server");
  }

  private static String describe(WorkflowExecutionStatus status) {
    return switch (status) {
      case WORKFLOW_EXECUTION_STATUS_TERMINATED -> "was terminated";
      case WORKFLOW_EXECUTION_STATUS_CANCELED -> "was cancelled";
      case WORKFLOW_EXECUTION_STATUS_TIMED_OUT -> "timed out";
      case WORKFLOW_EXECUTION_STATUS_FAILED -> "failed";
      case WORKFLOW_EXECUTION_STATUS_COMPLETED -> "ended without settling it";
      case WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW -> "went on in a run that is gone";
      case WORKFLOW_EXECUTION_STATUS_RUNNING,
          WORKFLOW_EXECUTION_STATUS_PAUSED,
          WORKFLOW_EXECUTION_STATUS_UNSPECIFIED,
          UNRECOGNIZED ->
          throw new IllegalStateException("the server answers with status " + status);
    };
  }
}
