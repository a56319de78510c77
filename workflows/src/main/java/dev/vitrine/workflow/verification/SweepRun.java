package dev.vitrine.workflow.verification;

import dev.vitrine.activity.SweepCounts;
import dev.vitrine.activity.SweepFinding;
import dev.vitrine.activity.SweepMark;
import dev.vitrine.activity.SweepOrder;
import dev.vitrine.json.Wire;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sweep, or the rest of one.
 *
 * @param from where it goes on
 * @param counts of what came before
 * @param findings the first ones of what came before
 * @param every between two sweeps, as the worker was told that has scheduled them; null for one
 *     that somebody asked for
 */
@Wire
public record SweepRun(
    SweepOrder order,
    SweepMark from,
    SweepCounts counts,
    List<SweepFinding> findings,
    @Nullable Duration every) {

  public SweepRun {
    findings = List.copyOf(findings);
  }

  /** A whole one. */
  public static SweepRun of(SweepOrder order) {
    return new SweepRun(order, SweepMark.START, SweepCounts.NONE, List.of(), null);
  }

  /** One of several at that interval. */
  public static SweepRun every(Duration interval, SweepOrder order) {
    return new SweepRun(order, SweepMark.START, SweepCounts.NONE, List.of(), interval);
  }

  /** What is left of it. */
  SweepRun goingOn(SweepMark at, SweepCounts soFar, List<SweepFinding> first) {
    return new SweepRun(order, at, soFar, first, every);
  }
}
