package dev.vitrine.workflow.reconciliation;

import dev.vitrine.activity.Finding;
import dev.vitrine.activity.ScanMark;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;

/** What came of a pass, so far. */
final class PassCounts {

  /** Named in the result: somebody who reads more reads the log. */
  private static final int NAMED = 10;

  private static final int TEXT = 300;

  private static final Logger log = Workflow.getLogger(PassCounts.class);

  private final Map<Finding.Kind, Integer> settled = new EnumMap<>(Finding.Kind.class);
  private final List<String> named = new ArrayList<>();
  private int failed;

  void settled(Finding.Kind kind) {
    settled.merge(kind, 1, Integer::sum);
  }

  /**
   * Counts and names a failure.
   *
   * @return the reason, for what fails of the same
   */
  String failed(String what, RuntimeException failure) {
    String why = deepestMessage(failure);
    failed(what, why);
    return why;
  }

  void failed(String what, String why) {
    failed++;
    String line = shortened(what + ": " + why);
    if (named.size() < NAMED) {
      named.add(line);
      log.info("left to the next pass: {}", line);
    }
  }

  void unanswered(int rows) {
    if (rows > 0) {
      failed(rows + " rows", "the Temporal server said nothing about their workflows");
      failed += rows - 1;
    }
  }

  ReconciliationResult result(int expired, int purged, Map<Finding.Kind, ScanMark> next) {
    WorkflowInfo info = Workflow.getInfo();
    return new ReconciliationResult(
        count(Finding.Kind.ABANDONED_UPLOAD)
            + count(Finding.Kind.ABANDONED_STAGE)
            + count(Finding.Kind.ABANDONED_IMPORT),
        count(Finding.Kind.ABANDONED_TASK),
        count(Finding.Kind.UNFINISHED_DELETION),
        count(Finding.Kind.LEFTOVER_LOCATION),
        expired,
        purged,
        failed,
        named,
        next,
        info.getWorkflowId(),
        info.getRunId());
  }

  private int count(Finding.Kind kind) {
    return settled.getOrDefault(kind, 0);
  }

  private static String deepestMessage(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest instanceof TemporalFailure temporal && temporal.getOriginalMessage() != null
        ? temporal.getOriginalMessage()
        : String.valueOf(deepest.getMessage());
  }

  private static String shortened(String text) {
    return text.length() <= TEXT ? text : text.substring(0, TEXT) + "…";
  }
}
