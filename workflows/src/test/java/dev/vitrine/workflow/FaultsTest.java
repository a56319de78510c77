package dev.vitrine.workflow;

import static dev.vitrine.workflow.TestStack.ALICE;
import static dev.vitrine.workflow.TestStack.newUpload;
import static dev.vitrine.workflow.TestStack.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Location;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.workflow.task.TaskRequest;
import dev.vitrine.workflow.task.TaskWorkflow;
import dev.vitrine.workflow.upload.ImageUploadWorkflow;
import dev.vitrine.workflow.upload.UploadResult;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.failure.v1.ApplicationFailureInfo;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.RespondActivityTaskCompletedByIdRequest;
import io.temporal.api.workflowservice.v1.RespondActivityTaskFailedByIdRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody foresaw, most of it an operator's doing: nothing stays as it is for ever. */
@Timeout(60)
class FaultsTest {

  private final TestStack stack = new TestStack();
  private final UUID id = UUID.randomUUID();
  private final ImageUploadWorkflow upload = stack.upload(id);

  @AfterEach
  void stop() {
    stack.close();
  }

  @Test
  void settlesAnUploadWhoseTransferFailedWithDetailsOfNoForm() throws Exception {
    startHangingUpload();

    failByHand(WorkflowIds.upload(id), json("\"an operator's words\""));

    assertQueuedAgain();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"done\"", "null", "[]", "{\"size\":-1}", "{}", "no json"})
  void settlesAnUploadWhoseTransferWasCompletedWithNonsense(String result) throws Exception {
    startHangingUpload();

    completeByHand(WorkflowIds.upload(id), json(result));

    assertQueuedAgain();
  }

  @Test
  void settlesATaskWhoseRunHitsAFault() throws Exception {
    UUID original = UUID.randomUUID();
    stack.registry.put(original, ImageStatus.ACTIVE, "acme", false);
    stack.transfers.hang = true;
    TaskWorkflow task = stack.task(id);
    TaskInput input = new TaskInput.Export(original, "file:///exports/a");
    WorkflowClient.start(task::run, new TaskRequest(id, input, ALICE));
    stack.transfers.hanging.await();

    completeByHand(WorkflowIds.task(id), json("null"));

    awaitEnd(task);
    assertThat(stack.tasks.tasks.get(id).status()).isEqualTo(TaskStatus.FAILURE);
    assertThat(stack.transfers.calls).contains("discard export");
  }

  @Test
  void failsAnExecutionWhoseInputHasTheWrongShape() {
    WorkflowStub malformed = start(json("[]"));

    assertThatThrownBy(() -> malformed.getResult(Void.class))
        .isInstanceOf(WorkflowFailedException.class);
    assertThat(stack.registry.images).isEmpty();
  }

  @Test
  void refusesAnInputThatSaysWhatMayNotBe() {
    WorkflowStub wrong =
        start(
            json(
                "{\"image_id\":\"%s\",\"source\":{\"kind\":\"url\",\"url\":\"ftp://h/\"}}"
                    .formatted(id)));

    assertThatThrownBy(() -> wrong.getResult(Void.class))
        .hasStackTraceContaining("give an http, https or file URL");
  }

  @Test
  void failsOnAFaultAndSaysWhoseItIs() {
    WorkflowStub incomplete = start(json("{\"image_id\":\"%s\"}".formatted(id)));

    assertThatThrownBy(() -> incomplete.getResult(Void.class))
        .hasRootCauseInstanceOf(ApplicationFailure.class)
        .cause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo("Unexpected");
              assertThat(failure.getOriginalMessage())
                  .startsWith("a fault of Vitrine's, not of the request: ")
                  .contains("NullPointerException");
            });
  }

  @Test
  void tellsTheDeletionThatWaitsForAnUploadThatCanNotBegin() {
    String deletion = WorkflowIds.deletion(id);
    WorkflowStub incomplete = stub();
    incomplete.signalWithStart(
        "delete",
        new Object[] {ALICE, deletion},
        new Object[] {new RawValue(json("{\"image_id\":\"%s\"}".formatted(id)))});

    assertThatThrownBy(() -> incomplete.getResult(Void.class))
        .isInstanceOf(WorkflowFailedException.class);
    assertThat(stack.client().fetchHistory(WorkflowIds.upload(id)).getEvents())
        .filteredOn(HistoryEvent::hasSignalExternalWorkflowExecutionInitiatedEventAttributes)
        .extracting(HistoryEvent::getSignalExternalWorkflowExecutionInitiatedEventAttributes)
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.getSignalName()).isEqualTo("uploadEnded");
              assertThat(told.getWorkflowExecution().getWorkflowId()).isEqualTo(deletion);
            });
  }

  @Test
  void waitsWithAResultThatOnlyANewerWorkerReads() throws Exception {
    startHangingUpload();

    completeByHand(WorkflowIds.upload(id), newer(FakeTransfers.DATA));
    stack.newerForms.refused.await();
    assertThat(stack.registry.status(id)).isEqualTo(ImageStatus.SAVING);
    stack.newerForms.known = true;

    assertThat(result(upload, UploadResult.class).outcome())
        .isEqualTo(UploadResult.Outcome.ACTIVATED);
  }

  @Test
  void waitsWithAnInputThatOnlyANewerWorkerReads() throws Exception {
    WorkflowStub newer = start(newer(newUpload(id, FailurePolicy.REQUEUE)));

    stack.newerForms.refused.await();
    assertThat(stack.registry.images).isEmpty();
    stack.newerForms.known = true;

    assertThat(newer.getResult(UploadResult.class).outcome())
        .isEqualTo(UploadResult.Outcome.ACTIVATED);
  }

  private void startHangingUpload() throws InterruptedException {
    stack.transfers.hang = true;
    WorkflowClient.start(upload::upload, newUpload(id, FailurePolicy.REQUEUE));
    stack.transfers.hanging.await();
  }

  /** However it says so: the image is free, and nobody waits; its data goes behind that. */
  private void assertQueuedAgain() {
    Location location = stack.registry.locations(id).stream().findFirst().orElse(null);
    awaitEnd(upload);
    assertThat(stack.registry.status(id)).isEqualTo(ImageStatus.QUEUED);
    if (location != null) {
      stack
          .client()
          .newUntypedWorkflowStub(WorkflowIds.removal(id, location.id()))
          .getResult(Void.class);
    }
    assertThat(stack.registry.locations).isEmpty();
  }

  private static void awaitEnd(Object workflow) {
    try {
      result(workflow, Object.class);
    } catch (WorkflowException failed) {
      assertThat(failed).isInstanceOf(WorkflowFailedException.class);
    }
  }

  private WorkflowStub stub() {
    return stack
        .client()
        .newUntypedWorkflowStub(
            "ImageUpload",
            WorkflowOptions.newBuilder()
                .setWorkflowId(WorkflowIds.upload(id))
                .setTaskQueue(TestStack.QUEUES.workflows())
                .setWorkflowRunTimeout(Duration.ofDays(1))
                .build());
  }

  private WorkflowStub start(Payload input) {
    WorkflowStub stub = stub();
    stub.start(new RawValue(input));
    return stub;
  }

  private static Payload json(String text) {
    return payload("json/plain", ByteString.copyFromUtf8(text));
  }

  private static Payload newer(Object value) {
    Payload plain = DefaultDataConverter.newDefaultInstance().toPayload(value).orElseThrow();
    return payload(NewerForms.ENCODING, plain.getData());
  }

  private static Payload payload(String encoding, ByteString data) {
    return Payload.newBuilder()
        .putMetadata("encoding", ByteString.copyFromUtf8(encoding))
        .setData(data)
        .build();
  }

  private void completeByHand(String workflowId, Payload result) {
    stack
        .service()
        .respondActivityTaskCompletedById(
            RespondActivityTaskCompletedByIdRequest.newBuilder()
                .setNamespace(stack.client().getOptions().getNamespace())
                .setWorkflowId(workflowId)
                .setActivityId(pending(workflowId).getActivityId())
                .setResult(Payloads.newBuilder().addPayloads(result))
                .build());
  }

  private void failByHand(String workflowId, Payload details) {
    stack
        .service()
        .respondActivityTaskFailedById(
            RespondActivityTaskFailedByIdRequest.newBuilder()
                .setNamespace(stack.client().getOptions().getNamespace())
                .setWorkflowId(workflowId)
                .setActivityId(pending(workflowId).getActivityId())
                .setFailure(
                    Failure.newBuilder()
                        .setMessage("by hand")
                        .setApplicationFailureInfo(
                            ApplicationFailureInfo.newBuilder()
                                .setNonRetryable(true)
                                .setDetails(Payloads.newBuilder().addPayloads(details))))
                .build());
  }

  private PendingActivityInfo pending(String workflowId) {
    return stack
        .client()
        .newUntypedWorkflowStub(workflowId)
        .describe()
        .getRawDescription()
        .getPendingActivities(0);
  }
}
