package dev.vitrine.error;

import dev.vitrine.activity.TransferHeartbeat;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.DataMismatch;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.GaveUp;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.KeyReused;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.error.VitrineException.StorageFull;
import dev.vitrine.error.VitrineException.TooLarge;
import dev.vitrine.error.VitrineException.Unauthenticated;
import dev.vitrine.error.VitrineException.Unavailable;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TerminatedFailure;
import io.temporal.failure.TimeoutFailure;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The crossing between {@link VitrineException} and Temporal's failures: the one mapper. */
public final class Failures {

  private static final Map<String, Function<String, VitrineException>> KINDS =
      Map.ofEntries(
          Map.entry("NotFound", NotFound::new),
          Map.entry("Conflict", Conflict::new),
          Map.entry("KeyReused", KeyReused::new),
          Map.entry("Forbidden", Forbidden::new),
          Map.entry("Unauthenticated", Unauthenticated::new),
          Map.entry("Invalid", Invalid::new),
          Map.entry("TooLarge", TooLarge::new),
          Map.entry("DataMismatch", DataMismatch::new),
          Map.entry("SourceUnusable", SourceUnusable::new),
          Map.entry("StorageFull", StorageFull::new),
          Map.entry("Unavailable", Unavailable::new),
          Map.entry("GaveUp", GaveUp::new));

  private Failures() {}

  /** The Temporal failure that carries an error out of an activity or a workflow. */
  public static ApplicationFailure toTemporal(VitrineException error) {
    return error.isTransient()
        ? ApplicationFailure.newFailure(error.getMessage(), error.kind())
        : ApplicationFailure.newNonRetryableFailure(error.getMessage(), error.kind());
  }

  /**
   * The same for an activity that people may watch being retried.
   *
   * @param attempt which attempt failed, from 1; {@link #attempt} finds it again
   */
  public static ApplicationFailure toTemporal(VitrineException error, int attempt) {
    return error.isTransient()
        ? ApplicationFailure.newFailure(error.getMessage(), error.kind(), attempt)
        : ApplicationFailure.newNonRetryableFailure(error.getMessage(), error.kind(), attempt);
  }

  /** Which attempt it was that failed, if the failure says. */
  public static Optional<Integer> attempt(@Nullable Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof ApplicationFailure carrier && carrier.getDetails().getSize() > 0) {
        return Optional.of(carrier.getDetails().get(0, Integer.class));
      }
      if (at instanceof TimeoutFailure timeout && timeout.getLastHeartbeatDetails().getSize() > 0) {
        return Optional.of(
            timeout.getLastHeartbeatDetails().get(TransferHeartbeat.class).attempt());
      }
    }
    return Optional.empty();
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
    return KINDS.getOrDefault(kind == null ? "Conflict" : kind, Conflict::new).apply(message);
  }

  /** The error that a failure carries, wherever in the chain of causes it is. */
  public static Optional<VitrineException> fromTemporal(@Nullable Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof VitrineException error) {
        return Optional.of(error);
      }
      if (at instanceof ApplicationFailure carrier) {
        Function<String, VitrineException> kind = KINDS.get(carrier.getType());
        if (kind != null) {
          return Optional.of(kind.apply(carrier.getOriginalMessage()));
        }
      }
    }
    return Optional.empty();
  }

  /** A failure in words a user can act on, whatever it is. */
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
      return other.getOriginalMessage();
    }
    return deepest.toString();
  }
}
