package dev.vitrine.process;

import dev.vitrine.workflow.verification.StoreSweepWorkflow;
import dev.vitrine.workflow.verification.SweepResult;
import java.time.Duration;
import java.util.Optional;

/**
 * One sweep through the stores. Thread-safe; it holds no resource, and the sweep goes on without
 * it.
 */
public final class SweepHandle {

  private final Execution<StoreSweepWorkflow, SweepResult> execution;

  SweepHandle(Execution<StoreSweepWorkflow, SweepResult> execution) {
    this.execution = execution;
  }

  /** Waits until it has looked at everything. */
  public SweepResult await() {
    return execution.await();
  }

  /**
   * As {@link #await()}, for so long at most.
   *
   * @return empty if something was left to look at by then
   */
  public Optional<SweepResult> await(Duration timeout) {
    return execution.await(timeout);
  }
}
