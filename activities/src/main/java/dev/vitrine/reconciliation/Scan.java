package dev.vitrine.reconciliation;

import dev.vitrine.activity.Finding;
import dev.vitrine.activity.ScanMark;
import dev.vitrine.activity.ScanPage;
import dev.vitrine.activity.ScanRequest;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.reconciliation.ServerVerdict.Gone;
import dev.vitrine.reconciliation.ServerVerdict.Stuck;
import dev.vitrine.reconciliation.ServerVerdict.Unanswered;
import dev.vitrine.registry.Backlog;
import dev.vitrine.registry.BacklogRow;
import dev.vitrine.registry.Locations;
import dev.vitrine.workflow.WorkflowIds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a scan: rows in pages, their workflows asked about side by side.
 *
 * <p>A workflow may settle its row between the reading of the row and the question about the
 * workflow, so a row is read again before it is reported, and reported only if it is still the
 * same.
 */
final class Scan {

  private static final int PAGE = 256;

  /** Questions under way at once. */
  private static final int TOGETHER = 32;

  /** Then the rest is for another stretch: the workflow shall see how far it is, and what to do. */
  private static final Duration LONG = Duration.ofSeconds(15);

  private final Backlog backlog;
  private final Locations locations;
  private final Liveness liveness;
  private final Heartbeat heartbeat;
  private final ScanRequest request;
  private final List<Finding> found = new ArrayList<>();
  private boolean terminates = true;
  private int unanswered;

  Scan(
      Backlog backlog,
      Locations locations,
      Liveness liveness,
      Heartbeat heartbeat,
      ScanRequest request) {
    this.backlog = backlog;
    this.locations = locations;
    this.liveness = liveness;
    this.heartbeat = heartbeat;
    this.request = request;
  }

  /** The same, and lets workflows that can't go on be. */
  ScanPage preview() {
    terminates = false;
    return run();
  }

  ScanPage run() {
    long begun = System.nanoTime();
    ScanMark mark = heartbeat.last().orElse(request.after());
    while (true) {
      List<BacklogRow> page = backlog.page(request.kind(), mark, PAGE);
      for (int i = 0; i < page.size(); i += TOGETHER) {
        heartbeat.at(mark);
        List<BacklogRow> rows = page.subList(i, Math.min(i + TOGETHER, page.size()));
        Optional<ScanMark> full = look(rows);
        if (full.isPresent()) {
          return new ScanPage(found, full.get(), unanswered);
        }
        mark = rows.get(rows.size() - 1).mark();
      }
      if (page.size() < PAGE) {
        return new ScanPage(found, null, unanswered);
      }
      if (!found.isEmpty() || System.nanoTime() - begun > LONG.toNanos()) {
        return new ScanPage(found, mark, unanswered);
      }
    }
  }

  /** Reports what is a case of it; returns where it was enough, if it was. */
  private Optional<ScanMark> look(List<BacklogRow> rows) {
    List<ServerVerdict> verdicts = liveness.ask(rows.stream().map(Scan::workflowOf).toList());
    for (int i = 0; i < rows.size(); i++) {
      BacklogRow row = rows.get(i);
      judge(row, verdicts.get(i));
      if (found.size() >= request.limit()) {
        return Optional.of(row.mark());
      }
    }
    return Optional.empty();
  }

  private void judge(BacklogRow row, ServerVerdict verdict) {
    if (verdict instanceof Unanswered) {
      unanswered++;
    } else if (verdict instanceof Gone gone) {
      report(row, gone.why());
    } else if (verdict instanceof Stuck stuck && backlog.holds(row)) {
      if (terminates) {
        liveness.stuck().terminate(stuck);
      }
      report(row, stuck.why() + (terminates ? " and was" : " and would be") + " terminated");
    }
  }

  private void report(BacklogRow row, String why) {
    // Before the row is compared: by then another upload may hold the image, at another location.
    UUID location = location(row);
    if (backlog.holds(row)) {
      found.add(finding(row, location, why));
    }
  }

  private static String workflowOf(BacklogRow row) {
    return switch (row.kind()) {
      case ABANDONED_UPLOAD, ABANDONED_STAGE, ABANDONED_IMPORT ->
          row.upload() == null ? WorkflowIds.upload(row.id()) : row.upload();
      case ABANDONED_TASK -> WorkflowIds.task(row.id());
      case UNFINISHED_DELETION -> WorkflowIds.deletion(row.id());
      case LEFTOVER_LOCATION -> WorkflowIds.removal(imageOf(row), row.id());
    };
  }

  private static UUID imageOf(BacklogRow location) {
    UUID imageId = location.imageId();
    if (imageId == null) {
      throw new IllegalStateException("location %s has no image".formatted(location.id()));
    }
    return imageId;
  }

  /** Of an upload it tells which one it is, for another may hold the image by then. */
  private @Nullable UUID location(BacklogRow row) {
    return switch (row.kind()) {
      case ABANDONED_UPLOAD, ABANDONED_STAGE ->
          locations.of(row.id()).stream()
              .filter(location -> location.status() == LocationStatus.PENDING)
              .map(Location::id)
              .findFirst()
              .orElse(null);
      case LEFTOVER_LOCATION -> row.id();
      case ABANDONED_TASK, ABANDONED_IMPORT, UNFINISHED_DELETION -> null;
    };
  }

  /** Of an import, whose workflow is its task's. */
  private static @Nullable UUID taskOf(BacklogRow row) {
    return row.kind() == Finding.Kind.ABANDONED_IMPORT
        ? WorkflowIds.taskOf(workflowOf(row)).map(UUID::fromString).orElse(null)
        : null;
  }

  private static Finding finding(BacklogRow row, @Nullable UUID location, String why) {
    String what =
        switch (row.kind()) {
          case ABANDONED_UPLOAD, ABANDONED_STAGE, ABANDONED_IMPORT -> "image %s is %s";
          case ABANDONED_TASK -> "task %s is %s";
          case UNFINISHED_DELETION -> "image %s is %s with data left";
          case LEFTOVER_LOCATION -> "location %s is %s";
        };
    boolean isTask = row.kind() == Finding.Kind.ABANDONED_TASK;
    return new Finding(
        row.kind(),
        row.imageId(),
        isTask ? row.id() : taskOf(row),
        location,
        row.policy(),
        what.formatted(row.id(), row.status()) + "; workflow %s %s".formatted(workflowOf(row), why),
        row.store());
  }
}
