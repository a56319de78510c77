package dev.vitrine.workflow;

import dev.vitrine.error.VitrineException;
import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The failure with which something that failed ends its execution, and the way back. Its type tells
 * it from a request that was refused, whose type is the kind of the refusal; its only detail is
 * what the execution would have returned, and its cause says the kind.
 */
public final class ResultInFailure {

  private ResultInFailure() {}

  /**
   * Makes one.
   *
   * @param detail what the execution would have returned
   * @param cause null if the detail says it all
   */
  public static ApplicationFailure of(
      String type, String message, Object detail, @Nullable Throwable cause) {
    ApplicationFailure.Builder failure =
        ApplicationFailure.newBuilder()
            .setType(type)
            .setMessage(message)
            .setNonRetryable(true)
            .setDetails(detail);
    return cause == null ? failure.build() : failure.setCause(cause).build();
  }

  /**
   * The detail of the failure of that type, or of the one that caused it; empty if there is none.
   */
  public static <T> Optional<T> find(@Nullable Throwable failure, String type, Class<T> detail) {
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
