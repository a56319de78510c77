package dev.vitrine.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.StorageFull;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.workflow.TaskQueues;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.RetryState;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowQueryException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TerminatedFailure;
import io.temporal.failure.TimeoutFailure;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TemporalErrorsTest {

  private static final WorkflowExecution EXECUTION =
      WorkflowExecution.newBuilder().setWorkflowId("image-upload/1").setRunId("run").build();

  private final TemporalErrors errors =
      new TemporalErrors("temporal.example:7233", "prod", new TaskQueues("vitrine-test"));

  @ParameterizedTest
  @MethodSource
  void mapsEveryKindOfAnswer(RuntimeException thrown, Class<VitrineException> kind, String says) {
    assertThat(errors.translate("upload of image 1", thrown))
        .isInstanceOf(kind)
        .hasMessageContaining(says);
  }

  static Stream<Arguments> mapsEveryKindOfAnswer() {
    StorageFull full = new StorageFull("the store is full");
    return Stream.of(
        Arguments.of(full, StorageFull.class, "the store is full"),
        Arguments.of(failed(Failures.toTemporal(full)), StorageFull.class, "the store is full"),
        Arguments.of(
            new WorkflowUpdateException(EXECUTION, "id", "name", Failures.toTemporal(full)),
            StorageFull.class,
            "the store is full"),
        Arguments.of(failed(new CanceledFailure("x")), Conflict.class, "was cancelled in Temporal"),
        Arguments.of(
            failed(new TerminatedFailure("x", null)), Conflict.class, "was terminated in Temporal"),
        Arguments.of(
            failed(new TimeoutFailure("x", null, TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE)),
            Conflict.class,
            "reconciliation settles"),
        Arguments.of(
            new WorkflowNotFoundException(EXECUTION, "ImageUpload", status(Status.NOT_FOUND)),
            NotFound.class,
            "upload of image 1 was not found in namespace prod"),
        Arguments.of(
            new WorkflowQueryException(EXECUTION, "Task", status(Status.INVALID_ARGUMENT)),
            Unavailable.class,
            "can't be asked at present"),
        Arguments.of(
            new WorkflowQueryException(EXECUTION, "Task", status(Status.UNAVAILABLE)),
            Unavailable.class,
            "temporal.example:7233"),
        Arguments.of(
            service(Status.DEADLINE_EXCEEDED),
            Unavailable.class,
            "check that one runs, on task queue vitrine-test of namespace prod"),
        Arguments.of(
            service(Status.PERMISSION_DENIED), Forbidden.class, "temporal.example:7233 refused"),
        Arguments.of(service(Status.UNAUTHENTICATED), Forbidden.class, "refused"),
        Arguments.of(service(Status.INVALID_ARGUMENT), Invalid.class, "rejected the request"),
        Arguments.of(
            new WorkflowServiceException(
                EXECUTION,
                "ImageUpload",
                Status.INVALID_ARGUMENT
                    .withDescription("no mapping defined for search attribute VitrineImageId")
                    .asRuntimeException()),
            Invalid.class,
            "register Vitrine's search attributes in the namespace: VitrineImageId, Vitrine"),
        Arguments.of(status(Status.NOT_FOUND), NotFound.class, "upload of image 1"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"UNAVAILABLE", "RESOURCE_EXHAUSTED"})
  void aServerThatDoesNotAnswerIsNamed(Status.Code code) {
    assertThat(errors.translate("upload of image 1", service(Status.fromCode(code))))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("temporal.example:7233")
        .hasMessageContaining("namespace prod");
  }

  @Test
  void whatVitrineDoesNotKnowStaysAsItIs() {
    RuntimeException foreign = failed(ApplicationFailure.newFailure("x", "SomebodyElses"));
    RuntimeException internal = service(Status.INTERNAL);

    assertThat(errors.translate("upload", foreign)).isSameAs(foreign);
    assertThat(errors.translate("upload", internal)).isSameAs(internal);
  }

  private static WorkflowFailedException failed(@Nullable Throwable cause) {
    return new WorkflowFailedException(
        EXECUTION,
        "ImageUpload",
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
        1,
        RetryState.RETRY_STATE_UNSPECIFIED,
        cause);
  }

  private static WorkflowServiceException service(Status status) {
    return new WorkflowServiceException(EXECUTION, "ImageUpload", status(status));
  }

  private static StatusRuntimeException status(Status status) {
    return status.withDescription("because").asRuntimeException();
  }
}
