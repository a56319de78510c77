package dev.vitrine.workflow.reconciliation;

import dev.vitrine.activity.Finding;
import dev.vitrine.activity.ReconciliationActivities;
import dev.vitrine.workflow.RegistrySteps;
import dev.vitrine.workflow.TransferOptions;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;

/**
 * A pass as former releases made it: find, then settle one by one, each until it is done. For those
 * that were under way at the upgrade.
 */
final class FormerPass {

  private static final int LIMIT = 200;

  private static final Logger log = Workflow.getLogger(FormerPass.class);

  private final ReconciliationActivities reconciliation =
      Workflow.newActivityStub(ReconciliationActivities.class, PassOptions.SCAN);
  private final ReconciliationActivities housekeeping =
      Workflow.newActivityStub(ReconciliationActivities.class, PassOptions.HOUSEKEEPING);
  private final Settlement settlement =
      new Settlement(new RegistrySteps(), TransferOptions::discard);
  private final Map<Finding.Kind, Integer> settled = new EnumMap<>(Finding.Kind.class);
  private int failed;

  ReconciliationResult make() {
    List<Finding> findings = reconciliation.findUnsettled(LIMIT);
    for (Finding finding : findings) {
      Workflow.setCurrentDetails("- **now: " + finding.detail() + "**");
      settle(finding);
    }
    int expired = housekeeping.removeExpiredTasks();
    int purged = housekeeping.purgeDeletedImages();
    return new ReconciliationResult(
        count(Finding.Kind.ABANDONED_UPLOAD),
        count(Finding.Kind.ABANDONED_TASK),
        count(Finding.Kind.UNFINISHED_DELETION),
        count(Finding.Kind.LEFTOVER_LOCATION),
        expired,
        purged,
        failed);
  }

  private void settle(Finding finding) {
    try {
      if (settlement.settle(finding)) {
        settled.merge(finding.kind(), 1, Integer::sum);
      }
    } catch (TemporalFailure failure) {
      failed++;
      log.info("{} is left to the next pass: {}", finding.detail(), failure.getMessage());
    }
  }

  private int count(Finding.Kind kind) {
    return settled.getOrDefault(kind, 0);
  }
}
