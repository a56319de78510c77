package dev.vitrine.workflow.verification;

import dev.vitrine.activity.SweepCounts;
import dev.vitrine.activity.SweepFinding;
import dev.vitrine.activity.SweepMark;
import dev.vitrine.activity.SweepOrder;
import dev.vitrine.json.Wire;
import java.util.List;

/**
 * A sweep, or the rest of one.
 *
 * @param from where it goes on
 * @param counts of what came before
 * @param findings the first ones of what came before
 */
@Wire
public record SweepRun(
    SweepOrder order, SweepMark from, SweepCounts counts, List<SweepFinding> findings) {

  public SweepRun {
    findings = List.copyOf(findings);
  }

  /** A whole one. */
  public static SweepRun of(SweepOrder order) {
    return new SweepRun(order, SweepMark.START, SweepCounts.NONE, List.of());
  }
}
