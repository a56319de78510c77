package dev.vitrine.activity;

import dev.vitrine.json.Wire;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a stretch.
 *
 * @param findings the first ones, as many as there was room for
 * @param next where the next stretch begins; null if the sweep is over
 */
@Wire
public record SweepStretch(
    SweepCounts counts, List<SweepFinding> findings, @Nullable SweepMark next) {

  public SweepStretch {
    findings = List.copyOf(findings);
  }
}
