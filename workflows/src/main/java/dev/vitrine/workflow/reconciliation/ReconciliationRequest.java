package dev.vitrine.workflow.reconciliation;

import dev.vitrine.activity.Finding;
import dev.vitrine.activity.ScanMark;
import dev.vitrine.json.Wire;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One reconciliation.
 *
 * @param repeatEvery makes the execution repeat itself, for a server without schedules; null for a
 *     single pass
 * @param interval between two passes, as the worker that asked for them was told; null if a former
 *     release asked
 * @param next where an execution that repeats itself goes on, of the kinds that the last pass did
 *     not get to the end of; null if there is no such pass
 */
@Wire
public record ReconciliationRequest(
    @Nullable Duration repeatEvery,
    @Nullable Duration interval,
    @Nullable Map<Finding.Kind, ScanMark> next) {

  /** A single pass, of several at that interval. */
  public static ReconciliationRequest once(Duration interval) {
    return new ReconciliationRequest(null, interval, null);
  }

  /** One pass after the other, in one workflow. */
  public static ReconciliationRequest repeated(Duration interval) {
    return new ReconciliationRequest(interval, interval, null);
  }

  /** The next pass of an execution that repeats itself. */
  ReconciliationRequest after(ReconciliationResult pass) {
    return new ReconciliationRequest(repeatEvery, interval, pass.next());
  }
}
