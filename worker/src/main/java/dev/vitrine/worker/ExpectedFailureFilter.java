package dev.vitrine.worker;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import dev.vitrine.error.ErrorKind;
import dev.vitrine.workflow.task.FailedTask;
import dev.vitrine.workflow.upload.FailedUpload;
import io.temporal.client.ActivityWorkerShutdownException;
import io.temporal.failure.ApplicationFailure;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Keeps answers out of the log. The SDK warns, with a stack trace, of every activity and every
 * workflow that ends in a failure; where that is a refusal or a source's fault, whoever asked is
 * told, and no operator can do anything about it; nor about a transfer that is handed over because
 * its worker stops. What an operator can do something about stays: a registry or a store that does
 * not answer, a full disk, and whatever is no error of Vitrine's.
 */
public final class ExpectedFailureFilter extends TurboFilter {

  /** The loggers that warn so, and nothing else of the SDK's. */
  private static final Set<String> OF_FAILURES =
      Set.of("ActivityTaskExecutors$ActivityTaskExecutor", "WorkflowExecutionHandler");

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    return level.equals(Level.WARN)
            && isOfFailures(logger.getName())
            && isAnswer(thrown == null ? last(arguments) : thrown)
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }

  private static boolean isOfFailures(String logger) {
    return logger.startsWith("io.temporal.internal.")
        && OF_FAILURES.contains(logger.substring(logger.lastIndexOf('.') + 1));
  }

  private static @Nullable Object last(Object @Nullable [] arguments) {
    return arguments == null || arguments.length == 0 ? null : arguments[arguments.length - 1];
  }

  private static boolean isAnswer(@Nullable Object thrown) {
    return thrown instanceof ActivityWorkerShutdownException
        || (thrown instanceof ApplicationFailure failure && isAnswer(failure));
  }

  /**
   * A failed upload says its kind in its cause. A failed task's work was done by an upload or an
   * activity, which has warned where there is something to warn of.
   */
  private static boolean isAnswer(ApplicationFailure failure) {
    return switch (failure.getType()) {
      case FailedTask.TYPE -> true;
      case FailedUpload.TYPE ->
          failure.getCause() instanceof ApplicationFailure cause && isAnswer(cause);
      default ->
          ErrorKind.of(failure.getType())
              .map(ExpectedFailureFilter::concernsWhoAsked)
              .orElse(false);
    };
  }

  private static boolean concernsWhoAsked(ErrorKind kind) {
    return switch (kind) {
      case NOT_FOUND,
          CONFLICT,
          KEY_REUSED,
          FORBIDDEN,
          UNAUTHENTICATED,
          INVALID,
          TOO_LARGE,
          DATA_MISMATCH,
          FORMAT_REFUSED,
          SOURCE_UNUSABLE,
          GAVE_UP ->
          true;
      case STORAGE_FULL, UNAVAILABLE -> false;
    };
  }
}
