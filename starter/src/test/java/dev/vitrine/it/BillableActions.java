package dev.vitrine.it;

import io.temporal.api.history.v1.HistoryEvent;
import java.util.List;

/**
 * What an execution costs on Temporal Cloud, told from its history as its page on actions has it.
 * Heartbeats and queries are in no history, and are not counted.
 */
final class BillableActions {

  private BillableActions() {}

  static long of(List<HistoryEvent> history) {
    long markers =
        history.stream()
            .filter(HistoryEvent::hasMarkerRecordedEventAttributes)
            .map(event -> event.getMarkerRecordedEventAttributes())
            .mapToLong(marker -> marker.getWorkflowTaskCompletedEventId())
            .distinct()
            .count();
    return markers + history.stream().mapToLong(BillableActions::of).sum();
  }

  /** Markers apart: those of one workflow task are one action. */
  private static long of(HistoryEvent event) {
    return switch (event.getEventType()) {
      case EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
          EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
          EVENT_TYPE_TIMER_STARTED,
          EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
          EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
          EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES ->
          1;
      // Its start, which is counted with the child's own history.
      case EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED -> 1;
      case EVENT_TYPE_ACTIVITY_TASK_STARTED ->
          event.getActivityTaskStartedEventAttributes().getAttempt() - 1L;
      default -> 0;
    };
  }
}
