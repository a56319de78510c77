package dev.vitrine.workflow;

import dev.vitrine.error.Excerpt;
import dev.vitrine.error.Failures;
import dev.vitrine.error.NewerForm;
import dev.vitrine.error.VitrineException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.worker.NonDeterministicException;

/**
 * Exceptions in workflow code that nobody foresaw. By default the SDK tries the workflow task again
 * for ever, which leaves an image {@code saving} behind an execution that looks alive; here they go
 * the way back like any other failure, and then fail the workflow. Only what another worker can go
 * on with is left to the SDK.
 */
public final class Faults {

  private Faults() {}

  /**
   * To be called first by whoever catches everything: rethrows what no way back may take, because a
   * worker of another version can go on from here.
   */
  public static void rethrowIfForAnotherWorker(RuntimeException error) {
    for (Throwable at = error; at != null; at = at.getCause()) {
      if (at instanceof NewerForm
          || at instanceof NonDeterministicException
          || at.getClass().getName().startsWith("io.temporal.internal.")) {
        throw error;
      }
    }
  }

  /** The failure that ends a workflow or an update, whatever was thrown. */
  public static TemporalFailure failure(RuntimeException error) {
    rethrowIfForAnotherWorker(error);
    if (error instanceof TemporalFailure failure) {
      return failure;
    }
    if (error instanceof VitrineException own) {
      return Failures.toTemporal(own);
    }
    return ApplicationFailure.newNonRetryableFailureWithCause(
        "a fault of Vitrine's, not of the request: " + Excerpt.message(error.toString()),
        "Unexpected",
        error);
  }
}
