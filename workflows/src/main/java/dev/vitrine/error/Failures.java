package dev.vitrine.error;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.vitrine.error.VitrineException.Conflict;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.Values;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TerminatedFailure;
import io.temporal.failure.TimeoutFailure;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The crossing between {@link VitrineException} and Temporal's failures: the one mapper. */
public final class Failures {

  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  /** What is asked of a transfer's heartbeat. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Heartbeat(int attempt) {}

  private Failures() {}

  /** The Temporal failure that carries an error out of an activity or a workflow. */
  public static ApplicationFailure toTemporal(VitrineException error) {
    logCause(error);
    return error.isTransient()
        ? ApplicationFailure.newFailure(error.getMessage(), error.kind().wireName())
        : ApplicationFailure.newNonRetryableFailure(error.getMessage(), error.kind().wireName());
  }

  /**
   * The same for an activity that people may watch being retried.
   *
   * @param attempt which attempt failed, from 1; {@link #attempt} finds it again
   */
  public static ApplicationFailure toTemporal(VitrineException error, int attempt) {
    logCause(error);
    return error.isTransient()
        ? ApplicationFailure.newFailure(error.getMessage(), error.kind().wireName(), attempt)
        : ApplicationFailure.newNonRetryableFailure(
            error.getMessage(), error.kind().wireName(), attempt);
  }

  /** It may hold what is not for a history, so that it stays here. */
  private static void logCause(VitrineException error) {
    Throwable cause = error.getCause();
    if (cause != null) {
      log.debug("{}", error.getMessage(), cause);
    }
  }

  /** Which attempt it was that failed, if the failure says so in a form that can be read. */
  public static Optional<Integer> attempt(@Nullable Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof ApplicationFailure carrier && carrier.getDetails().getSize() > 0) {
        return first(carrier.getDetails(), Integer.class);
      }
      if (at instanceof TimeoutFailure timeout && timeout.getLastHeartbeatDetails().getSize() > 0) {
        return first(timeout.getLastHeartbeatDetails(), Heartbeat.class).map(Heartbeat::attempt);
      }
    }
    return Optional.empty();
  }

  /** Details are also what an operator gives with {@code temporal activity fail}: anything. */
  private static <T> Optional<T> first(Values details, Class<T> type) {
    try {
      Object value = details.get(0, (Class<?>) type);
      return Optional.ofNullable(value).filter(type::isInstance).map(type::cast);
    } catch (DataConverterException | NewerForm malformed) {
      return Optional.empty();
    }
  }

  /**
   * Runs the body of an activity.
   *
   * @throws ApplicationFailure that carries the {@link VitrineException} the body threw
   */
  public static <T> T carrying(Supplier<T> body) {
    try {
      return body.get();
    } catch (VitrineException e) {
      throw toTemporal(e);
    }
  }

  /**
   * The error of that kind, as a result names it.
   *
   * @param kind null, or one that is not known here, for {@link Conflict}: something else ended it
   */
  public static VitrineException ofKind(@Nullable String kind, String message) {
    return ErrorKind.of(kind).orElse(ErrorKind.CONFLICT).error(message);
  }

  /** The error that a failure carries, wherever in the chain of causes it is. */
  public static Optional<VitrineException> fromTemporal(@Nullable Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof VitrineException error) {
        return Optional.of(error);
      }
      if (at instanceof ApplicationFailure carrier) {
        Optional<ErrorKind> kind = ErrorKind.of(carrier.getType());
        if (kind.isPresent()) {
          return Optional.of(kind.get().error(carrier.getOriginalMessage()));
        }
      }
    }
    return Optional.empty();
  }

  /** A failure in words a user can act on, whatever it is; at most {@link Excerpt#MESSAGE}. */
  public static String describe(Throwable failure) {
    Optional<VitrineException> own = fromTemporal(failure);
    if (own.isPresent()) {
      return String.valueOf(own.get().getMessage());
    }
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    if (deepest instanceof TimeoutFailure timeout) {
      return switch (timeout.getTimeoutType()) {
        case TIMEOUT_TYPE_HEARTBEAT -> "the process that did it stopped answering";
        case TIMEOUT_TYPE_SCHEDULE_TO_START -> "no process took it up in time";
        default -> "it did not end in time";
      };
    }
    if (deepest instanceof CanceledFailure) {
      return "it was cancelled";
    }
    if (deepest instanceof TerminatedFailure) {
      return "it was terminated in Temporal";
    }
    if (deepest instanceof ApplicationFailure other) {
      return Excerpt.message(other.getOriginalMessage());
    }
    return Excerpt.message(deepest.toString());
  }
}
