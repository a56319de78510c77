package dev.vitrine.activity;

import dev.vitrine.json.Wire;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stretch of a scan found.
 *
 * @param next where to go on; null at the end
 * @param unanswered rows about whose workflow the server gave no answer, which is no verdict
 */
@Wire
public record ScanPage(List<Finding> findings, @Nullable ScanMark next, int unanswered) {

  public ScanPage {
    findings = List.copyOf(findings);
  }
}
