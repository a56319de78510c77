package dev.vitrine.process;

import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.workflow.TaskQueues;
import dev.vitrine.workflow.VitrineSearchAttributes;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowQueryException;
import io.temporal.client.WorkflowUpdateTimeoutOrCancelledException;
import io.temporal.common.SearchAttributeKey;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TerminatedFailure;
import io.temporal.failure.TimeoutFailure;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The one mapping of what Temporal's client throws to Vitrine's errors.
 *
 * @param target the server's address, as messages name it
 * @param namespace the namespace that was asked
 * @param queues of the installation that was asked
 */
record TemporalErrors(String target, String namespace, TaskQueues queues) {

  static TemporalErrors of(WorkflowClient client, TaskQueues queues) {
    String target = client.getWorkflowServiceStubs().getOptions().getTarget();
    return new TemporalErrors(
        target == null ? "its channel's address" : target,
        client.getOptions().getNamespace(),
        queues);
  }

  /**
   * Maps an error.
   *
   * @param what the process it was about, as messages name it: {@code upload of image <id>}
   * @return the error as a {@link dev.vitrine.error.VitrineException}; the same error if it is none
   *     that Vitrine knows, which is a defect and not an answer
   */
  RuntimeException translate(String what, RuntimeException error) {
    Optional<? extends RuntimeException> own = Failures.fromTemporal(error);
    if (own.isPresent()) {
      return own.get();
    }
    if (error instanceof WorkflowNotFoundException) {
      return new NotFound(
          "%s was not found in namespace %s; check the id, or it ended too long ago to be kept"
              .formatted(what, namespace));
    }
    if (error instanceof WorkflowFailedException failed) {
      return ended(what, failed);
    }
    Status.Code code = code(error);
    if (error instanceof WorkflowQueryException
        && code != Status.Code.UNAVAILABLE
        && code != Status.Code.DEADLINE_EXCEEDED) {
      return new Unavailable(
          "%s can't be asked at present (it has not begun, or no worker answers): %s"
              .formatted(what, deepestMessage(error)));
    }
    return switch (code) {
      case DEADLINE_EXCEEDED -> withoutWorker(what + ":");
      case UNAVAILABLE, RESOURCE_EXHAUSTED, CANCELLED, ABORTED -> unreachable(what, error);
      case NOT_FOUND -> new NotFound("%s: %s".formatted(what, deepestMessage(error)));
      case PERMISSION_DENIED, UNAUTHENTICATED ->
          new Forbidden(
              "%s: the Temporal server at %s refused: %s"
                  .formatted(what, target, deepestMessage(error)));
      case INVALID_ARGUMENT ->
          new Invalid(
              "%s: the Temporal server at %s rejected the request: %s%s"
                  .formatted(what, target, deepestMessage(error), hint(error)));
      case ALREADY_EXISTS ->
          new Conflict(
              "%s exists already in namespace %s and has ended; choose another id"
                  .formatted(what, namespace));
      case OK, UNKNOWN, FAILED_PRECONDITION, OUT_OF_RANGE, UNIMPLEMENTED, INTERNAL, DATA_LOSS ->
          error;
    };
  }

  /** Whether it is that the time to answer was over. */
  static boolean isLate(Throwable error) {
    return error instanceof WorkflowUpdateTimeoutOrCancelledException
        || code(error) == Status.Code.DEADLINE_EXCEEDED;
  }

  /** Maps an error of the first call, which no worker has a part in. */
  RuntimeException translateConnecting(StatusRuntimeException error) {
    return code(error) == Status.Code.DEADLINE_EXCEEDED
        ? unreachable("connecting", error)
        : translate("connecting", error);
  }

  /**
   * There is a server, and nobody behind it.
   *
   * @param what the process and how it stands; the message goes on from there
   */
  Unavailable withoutWorker(String what) {
    return new Unavailable(
        "%s no worker has answered in time; check that one runs, on task queue %s of namespace %s at %s"
            .formatted(what, queues.workflows(), namespace, target));
  }

  /** A worker is at it, and takes long. */
  Unavailable slow(String what) {
    return new Unavailable(
        "%s is under way and takes longer than expected; it goes on. What it waits for, the Web UI of"
                .formatted(what)
            + " Temporal at %s says (namespace %s)".formatted(target, namespace));
  }

  /** The server does not answer, which no worker has a part in. */
  Unavailable unreachable(String what, Throwable error) {
    return new Unavailable(
        "%s: no answer from the Temporal server at %s (namespace %s): %s; check TEMPORAL_ADDRESS,"
                .formatted(what, target, namespace, deepestMessage(error))
            + " and that the server runs");
  }

  private static RuntimeException ended(String what, WorkflowFailedException failed) {
    Throwable cause = failed.getCause();
    String how;
    if (cause instanceof CanceledFailure) {
      how = "was cancelled";
    } else if (cause instanceof TerminatedFailure) {
      how = "was terminated";
    } else if (cause instanceof TimeoutFailure) {
      how = "was timed out";
    } else {
      return failed;
    }
    return new Conflict(
        "%s %s in Temporal and has no result; reconciliation settles what it left, then try again"
            .formatted(what, how));
  }

  /** The one rejection that everybody meets once: a namespace that was not prepared. */
  private static String hint(Throwable error) {
    return deepestMessage(error).contains("search attribute")
        ? "; start a worker, which registers them, or register Vitrine's search attributes in the"
            + " namespace: "
            + VitrineSearchAttributes.ALL.stream()
                .map(SearchAttributeKey::getName)
                .collect(Collectors.joining(", "))
        : "";
  }

  private static Status.Code code(Throwable error) {
    for (Throwable at = error; at != null; at = at.getCause()) {
      if (at instanceof StatusRuntimeException status) {
        return status.getStatus().getCode();
      }
    }
    return Status.Code.UNKNOWN;
  }

  private static String deepestMessage(Throwable error) {
    Throwable deepest = error;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return String.valueOf(deepest.getMessage()).lines().findFirst().orElse("");
  }
}
