package dev.vitrine.client;

import dev.vitrine.activity.TransferHeartbeat;
import dev.vitrine.task.Progress;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import java.util.Optional;
import java.util.Set;

/** Progress as the server keeps it: the last heartbeat of a workflow's running transfer. */
final class Heartbeats {

  /** The activity types that heartbeat a {@link TransferHeartbeat}. */
  private static final Set<String> TRANSFERS = Set.of("Transfer", "ExportImage");

  private Heartbeats() {}

  static Optional<Progress> progress(
      WorkflowExecutionDescription description, DataConverter converter) {
    return description.getRawDescription().getPendingActivitiesList().stream()
        .filter(activity -> TRANSFERS.contains(activity.getActivityType().getName()))
        .filter(PendingActivityInfo::hasHeartbeatDetails)
        .flatMap(activity -> decode(activity, converter).stream())
        .findFirst();
  }

  private static Optional<Progress> decode(PendingActivityInfo activity, DataConverter converter) {
    TransferHeartbeat beat;
    try {
      beat =
          converter.fromPayloads(
              0,
              Optional.of(activity.getHeartbeatDetails()),
              TransferHeartbeat.class,
              TransferHeartbeat.class);
    } catch (DataConverterException e) {
      // Progress is a courtesy: a heartbeat that another version wrote must not fail a client.
      return Optional.empty();
    }
    // A later attempt shows the bytes of the one before it until its own first heartbeat.
    Progress said = beat.progress();
    int attempt = Math.max(said.attempt(), activity.getAttempt());
    return Optional.of(
        new Progress(said.step(), said.bytes(), said.total(), said.bytesPerSecond(), attempt));
  }
}
