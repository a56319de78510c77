package dev.vitrine.workflow.verification;

import dev.vitrine.activity.SweepCounts;
import dev.vitrine.activity.SweepFinding;
import dev.vitrine.json.Wire;
import java.util.List;

/**
 * What came of a sweep.
 *
 * @param findings the first hundred; workers have logged each
 */
@Wire
public record SweepResult(SweepCounts counts, List<SweepFinding> findings) {

  public SweepResult {
    findings = List.copyOf(findings);
  }
}
