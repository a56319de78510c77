package dev.vitrine.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.errordetails.v1.NamespaceNotFoundFailure;
import io.temporal.api.errordetails.v1.NotFoundFailure;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against a server that answers what a test wants, because the in-memory one never does. */
final class LivenessTest {

  private final AtomicReference<Object> answer = new AtomicReference<>("unset");
  private Server server;
  private ManagedChannel channel;
  private Liveness liveness;

  private final BindableService service =
      new WorkflowServiceGrpc.WorkflowServiceImplBase() {
        @Override
        public void getSystemInfo(
            GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> out) {
          out.onNext(GetSystemInfoResponse.getDefaultInstance());
          out.onCompleted();
        }

        @Override
        public void describeWorkflowExecution(
            DescribeWorkflowExecutionRequest request,
            StreamObserver<DescribeWorkflowExecutionResponse> out) {
          if (answer.get() instanceof StatusRuntimeException error) {
            out.onError(error);
          } else {
            out.onNext((DescribeWorkflowExecutionResponse) answer.get());
            out.onCompleted();
          }
        }
      };

  @BeforeEach
  void start() throws IOException {
    String name = InProcessServerBuilder.generateName();
    server = InProcessServerBuilder.forName(name).directExecutor().addService(service).build();
    server.start();
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    liveness =
        new Liveness(
            WorkflowClient.newInstance(
                WorkflowServiceStubs.newServiceStubs(
                    WorkflowServiceStubsOptions.newBuilder().setChannel(channel).build())));
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  private void fail(Code code, Message detail) {
    answer.set(
        StatusProto.toStatusRuntimeException(
            com.google.rpc.Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage("no")
                .addDetails(Any.pack(detail))
                .build()));
  }

  private void succeed(WorkflowExecutionStatus status) {
    answer.set(
        DescribeWorkflowExecutionResponse.newBuilder()
            .setWorkflowExecutionInfo(WorkflowExecutionInfo.newBuilder().setStatus(status))
            .build());
  }

  @ParameterizedTest
  @EnumSource(names = {"WORKFLOW_EXECUTION_STATUS_RUNNING", "WORKFLOW_EXECUTION_STATUS_PAUSED"})
  void takesARunningOrPausedWorkflowForLive(WorkflowExecutionStatus status) {
    succeed(status);

    assertThat(liveness.whyNotLive("w")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {
        "WORKFLOW_EXECUTION_STATUS_RUNNING",
        "WORKFLOW_EXECUTION_STATUS_PAUSED",
        "WORKFLOW_EXECUTION_STATUS_UNSPECIFIED",
        "UNRECOGNIZED"
      })
  void saysHowAClosedWorkflowEnded(WorkflowExecutionStatus status) {
    succeed(status);

    assertThat(liveness.whyNotLive("w")).isPresent();
  }

  @Test
  void refusesToJudgeAStatusItDoesNotKnow() {
    succeed(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_UNSPECIFIED);

    assertThatThrownBy(() -> liveness.whyNotLive("w")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void takesAnUnknownWorkflowForNotLive() {
    fail(Code.NOT_FOUND, NotFoundFailure.getDefaultInstance());

    assertThat(liveness.whyNotLive("w")).isEqualTo(Optional.of("is unknown to the server"));
  }

  @Test
  void throwsIfTheNamespaceIsUnknown() {
    fail(Code.NOT_FOUND, NamespaceNotFoundFailure.getDefaultInstance());

    assertThatThrownBy(() -> liveness.whyNotLive("w")).isInstanceOf(StatusRuntimeException.class);
  }

  @Test
  void throwsIfTheServerDoesNotAnswer() {
    fail(Code.UNAVAILABLE, NotFoundFailure.getDefaultInstance());

    assertThatThrownBy(() -> liveness.whyNotLive("w")).isInstanceOf(StatusRuntimeException.class);
  }
}
