package dev.vitrine.workflow;

import io.temporal.failure.CanceledFailure;

/** Tells a stop from a failure. */
public final class Cancellation {

  private Cancellation() {}

  /** Whether a failure, or what caused it, is a cancellation. */
  public static boolean isCauseOf(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof CanceledFailure) {
        return true;
      }
    }
    return false;
  }
}
