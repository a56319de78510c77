package dev.vitrine.workflow;

import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException;
import dev.vitrine.task.TaskSummary;
import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The failures with which an upload or a task that failed ends its execution, and the way back.
 * Their types tell them from a request that was refused, whose type is the kind of the refusal;
 * their only detail is what the execution would have returned, and their cause says the kind.
 */
public final class FailedRuns {

  /** The type of the failure of an upload; its detail is an {@link UploadResult}. */
  public static final String UPLOAD = "UploadFailed";

  /** The type of the failure of a task; its detail is the task. */
  public static final String TASK = "TaskFailed";

  private FailedRuns() {}

  static ApplicationFailure of(UploadResult result) {
    String message = result.message() == null ? "the upload failed" : result.message();
    return failure(
        UPLOAD,
        "image %s: %s".formatted(result.imageId(), message),
        result,
        Failures.toTemporal(Failures.ofKind(result.errorKind(), message)));
  }

  static ApplicationFailure of(TaskSummary task) {
    String message = task.message() == null ? "the task failed" : task.message();
    return failure(TASK, message, task, null);
  }

  private static ApplicationFailure failure(
      String type, String message, Object detail, @Nullable Throwable cause) {
    ApplicationFailure.Builder failure =
        ApplicationFailure.newBuilder()
            .setType(type)
            .setMessage(message)
            .setNonRetryable(true)
            .setDetails(detail);
    return cause == null ? failure.build() : failure.setCause(cause).build();
  }

  /** How the upload ended whose failure this is; empty if it is none of an upload that failed. */
  public static Optional<UploadResult> upload(@Nullable Throwable failure) {
    return find(failure, UPLOAD, UploadResult.class);
  }

  /** The task whose failure this is; empty if it is none of a task that failed. */
  public static Optional<TaskSummary> task(@Nullable Throwable failure) {
    return find(failure, TASK, TaskSummary.class);
  }

  private static <T> Optional<T> find(@Nullable Throwable failure, String type, Class<T> detail) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof ApplicationFailure carrier && carrier.getType().equals(type)) {
        return read(carrier, detail);
      }
    }
    return Optional.empty();
  }

  /** Somebody may have failed it by hand, with details of their own. */
  private static <T> Optional<T> read(ApplicationFailure carrier, Class<T> detail) {
    try {
      return Optional.ofNullable(carrier.getDetails().get(0, detail));
    } catch (DataConverterException | VitrineException e) {
      return Optional.empty();
    }
  }
}
