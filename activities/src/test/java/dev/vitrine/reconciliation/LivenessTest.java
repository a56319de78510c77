package dev.vitrine.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.rpc.Code;
import dev.vitrine.reconciliation.ServerVerdict.Gone;
import dev.vitrine.reconciliation.ServerVerdict.Live;
import dev.vitrine.reconciliation.ServerVerdict.Stuck;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.errordetails.v1.NamespaceNotFoundFailure;
import io.temporal.api.errordetails.v1.NotFoundFailure;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.PendingWorkflowTaskInfo;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryReverseRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryReverseResponse;
import io.temporal.api.workflowservice.v1.TerminateWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.TerminateWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against a server that answers what a test wants, because the in-memory one never does. */
final class LivenessTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final AtomicReference<Object> answer = new AtomicReference<>("unset");
  private Server server;
  private ManagedChannel channel;
  private Liveness liveness;
  private StuckWorkflows stuck;
  private final List<HistoryEvent> newestFirst = new ArrayList<>();
  private final List<TerminateWorkflowExecutionRequest> terminated = new ArrayList<>();

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

        @Override
        public void getWorkflowExecutionHistoryReverse(
            GetWorkflowExecutionHistoryReverseRequest request,
            StreamObserver<GetWorkflowExecutionHistoryReverseResponse> out) {
          out.onNext(
              GetWorkflowExecutionHistoryReverseResponse.newBuilder()
                  .setHistory(History.newBuilder().addAllEvents(newestFirst))
                  .build());
          out.onCompleted();
        }

        @Override
        public void terminateWorkflowExecution(
            TerminateWorkflowExecutionRequest request,
            StreamObserver<TerminateWorkflowExecutionResponse> out) {
          terminated.add(request);
          out.onNext(TerminateWorkflowExecutionResponse.getDefaultInstance());
          out.onCompleted();
        }
      };

  @BeforeEach
  void start() throws IOException {
    String name = InProcessServerBuilder.generateName();
    server = InProcessServerBuilder.forName(name).directExecutor().addService(service).build();
    server.start();
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    WorkflowClient client =
        WorkflowClient.newInstance(
            WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setChannel(channel).build()));
    stuck = new StuckWorkflows(client, Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofHours(1));
    liveness = new Liveness(client, stuck);
  }

  private ServerVerdict ask() {
    return liveness.ask(List.of("w")).get(0);
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

    assertThat(ask()).isInstanceOf(Live.class);
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

    assertThat(ask()).isInstanceOf(Gone.class);
  }

  @Test
  void refusesToJudgeAStatusItDoesNotKnow() {
    succeed(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_UNSPECIFIED);

    assertThatThrownBy(() -> ask()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void takesAnUnknownWorkflowForNotLive() {
    fail(Code.NOT_FOUND, NotFoundFailure.getDefaultInstance());

    assertThat(ask()).isEqualTo(new Gone("is unknown to the server"));
  }

  @Test
  void throwsIfTheNamespaceIsUnknown() {
    fail(Code.NOT_FOUND, NamespaceNotFoundFailure.getDefaultInstance());

    assertThatThrownBy(() -> ask()).isInstanceOf(StatusRuntimeException.class);
  }

  @Test
  void throwsIfTheServerDoesNotAnswer() {
    fail(Code.UNAVAILABLE, NotFoundFailure.getDefaultInstance());

    assertThatThrownBy(() -> ask()).isInstanceOf(StatusRuntimeException.class);
  }

  private void fails(int attempt) {
    answer.set(
        DescribeWorkflowExecutionResponse.newBuilder()
            .setWorkflowExecutionInfo(
                WorkflowExecutionInfo.newBuilder()
                    .setStatus(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING)
                    .setExecution(WorkflowExecution.newBuilder().setWorkflowId("w").setRunId("r")))
            .setPendingWorkflowTask(PendingWorkflowTaskInfo.newBuilder().setAttempt(attempt))
            .build());
  }

  private void event(EventType type, Duration ago) {
    newestFirst.add(
        HistoryEvent.newBuilder()
            .setEventType(type)
            .setEventTime(Timestamp.newBuilder().setSeconds(NOW.minus(ago).getEpochSecond()))
            .build());
  }

  @Test
  void givesUpAWorkflowThatNoWorkerCouldGoOnWithForLong() {
    fails(40);
    event(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED, Duration.ofMinutes(1));
    event(EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED, Duration.ofMinutes(30));
    event(EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED, Duration.ofMinutes(61));
    event(EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED, Duration.ofMinutes(90));

    assertThat(ask())
        .isInstanceOfSatisfying(
            Stuck.class,
            verdict -> {
              assertThat(verdict.why())
                  .contains("PT1H", NOW.minus(Duration.ofMinutes(61)).toString());
              stuck.terminate(verdict);
            });
    assertThat(terminated)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.getWorkflowExecution().getRunId()).isEqualTo("r");
              assertThat(request.getReason()).startsWith("reconciliation: ");
            });
  }

  @Test
  void waitsForANewerWorkerAsLongAsADeploymentMayTake() {
    fails(40);
    event(EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED, Duration.ofMinutes(59));
    event(EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED, Duration.ofMinutes(60));
    event(EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED, Duration.ofDays(2));

    assertThat(ask()).isInstanceOf(Live.class);
  }

  @Test
  void takesAFewFailuresForNothing() {
    fails(4);
    event(EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED, Duration.ofDays(2));

    assertThat(ask()).isInstanceOf(Live.class);
  }
}
