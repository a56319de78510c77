package dev.vitrine.workflow.reconciliation;

import dev.vitrine.activity.Finding;
import dev.vitrine.activity.ScanMark;
import dev.vitrine.json.Wire;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How much one pass settled, per kind.
 *
 * @param failed what could not be settled, and is left to the next pass
 * @param notSettled some of that, each with its reason
 * @param next where the next pass goes on, of the kinds that this one did not get to the end of
 * @param workflowId of the execution that made the pass; null from a former release
 * @param runId of the same
 */
@Wire
public record ReconciliationResult(
    int uploadsSettled,
    int tasksSettled,
    int deletionsStarted,
    int locationsRemoved,
    int tasksExpired,
    int imagesPurged,
    int failed,
    @Nullable List<String> notSettled,
    @Nullable Map<Finding.Kind, ScanMark> next,
    @Nullable String workflowId,
    @Nullable String runId) {

  /** Counts alone. */
  public ReconciliationResult(
      int uploadsSettled,
      int tasksSettled,
      int deletionsStarted,
      int locationsRemoved,
      int tasksExpired,
      int imagesPurged,
      int failed) {
    this(
        uploadsSettled,
        tasksSettled,
        deletionsStarted,
        locationsRemoved,
        tasksExpired,
        imagesPurged,
        failed,
        null,
        null,
        null,
        null);
  }

  /** The same without what differs from pass to pass. */
  public ReconciliationResult counts() {
    return new ReconciliationResult(
        uploadsSettled,
        tasksSettled,
        deletionsStarted,
        locationsRemoved,
        tasksExpired,
        imagesPurged,
        failed);
  }

  /** Whether there is nothing in it that anybody would look for. */
  boolean isUneventful() {
    return IntStream.of(
            uploadsSettled,
            tasksSettled,
            deletionsStarted,
            locationsRemoved,
            tasksExpired,
            imagesPurged,
            failed)
        .allMatch(count -> count == 0);
  }
}
