package dev.vitrine.workflow;

import dev.vitrine.json.Wire;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One reconciliation.
 *
 * @param repeatEvery makes the execution repeat itself, for a server without schedules; null for a
 *     single pass
 * @param interval between two passes, as the worker that asked for them was told; null if a former
 *     release asked
 */
@Wire
public record ReconciliationRequest(@Nullable Duration repeatEvery, @Nullable Duration interval) {

  /** A single pass, of several at that interval. */
  public static ReconciliationRequest once(Duration interval) {
    return new ReconciliationRequest(null, interval);
  }

  /** One pass after the other, in one workflow. */
  public static ReconciliationRequest repeated(Duration interval) {
    return new ReconciliationRequest(interval, interval);
  }
}
