package dev.vitrine.backend;

import dev.vitrine.activity.SweepCounts;
import dev.vitrine.activity.SweepFinding;
import java.util.List;

/**
 * What came of a sweep.
 *
 * @param document for JSON readers
 * @param findings the first ones
 */
public record SweptStores(Object document, SweepCounts counts, List<SweepFinding> findings) {

  public SweptStores {
    findings = List.copyOf(findings);
  }
}
