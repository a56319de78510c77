package dev.vitrine.reconciliation;

import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_PAUSED;
import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.errordetails.v1.NamespaceNotFoundFailure;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.StatusUtils;
import java.util.Optional;

/**
 * Whether a workflow is going on, asked of the server by the workflow's id: visibility lags, and
 * the in-memory server has none.
 */
record Liveness(WorkflowClient client) {

  /**
   * Why the workflow is not going on.
   *
   * @return in words, for a message: {@code was terminated}; empty if it is live
   * @throws StatusRuntimeException if the server gives no answer, which says nothing about the
   *     workflow
   */
  Optional<String> whyNotLive(String workflowId) {
    DescribeWorkflowExecutionRequest request =
        DescribeWorkflowExecutionRequest.newBuilder()
            .setNamespace(client.getOptions().getNamespace())
            .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
            .build();
    DescribeWorkflowExecutionResponse response;
    try {
      response = client.getWorkflowServiceStubs().blockingStub().describeWorkflowExecution(request);
    } catch (StatusRuntimeException e) {
      if (isUnknownWorkflow(e)) {
        return Optional.of("is unknown to the server");
      }
      throw e;
    }
    WorkflowExecutionStatus status = response.getWorkflowExecutionInfo().getStatus();
    return status == WORKFLOW_EXECUTION_STATUS_RUNNING || status == WORKFLOW_EXECUTION_STATUS_PAUSED
        ? Optional.empty()
        : Optional.of(describe(status));
  }

  /** An unknown namespace is a wrong configuration, in which every workflow would seem dead. */
  private static boolean isUnknownWorkflow(StatusRuntimeException e) {
    return e.getStatus().getCode() == Status.Code.NOT_FOUND
        && !StatusUtils.hasFailure(e, NamespaceNotFoundFailure.class);
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
