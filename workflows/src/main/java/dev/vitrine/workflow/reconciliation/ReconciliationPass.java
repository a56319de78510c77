package dev.vitrine.workflow.reconciliation;

import static java.util.Objects.requireNonNullElse;

import dev.vitrine.activity.Finding;
import dev.vitrine.activity.ReconciliationActivities;
import dev.vitrine.activity.ScanMark;
import dev.vitrine.activity.ScanPage;
import dev.vitrine.activity.ScanRequest;
import dev.vitrine.workflow.Faults;
import dev.vitrine.workflow.RegistrySteps;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * A pass. The kinds are gone through side by side, each oldest first, stretch by stretch; the
 * findings of a stretch are settled side by side, so many at a time, each in a step that ends soon
 * one way or the other. So nothing that hangs or fails holds up more than its like, and the pass
 * ends within about an interval. Where it did not get to the end of a kind, the next pass goes on.
 */
final class ReconciliationPass {

  /** Settled at once, of each kind: what a small registry does beside its other work. */
  private static final int TOGETHER = 8;

  private static final int STRETCH = 64;

  /** Findings of one kind in one pass, which keep one execution's history small. */
  private static final int LIMIT = 512;

  /** A pass may take so long even where an interval is shorter. */
  private static final Duration LEAST = Duration.ofSeconds(10);

  /** Where a former release asked for the pass. */
  private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);

  private static final Logger log = Workflow.getLogger(ReconciliationPass.class);

  private final Duration interval;
  private final ReconciliationActivities scans;
  private final ReconciliationActivities housekeeping;
  private final Settlement settlement;
  private final PassCounts counts = new PassCounts();
  private final Map<Finding.Kind, ScanMark> next = new EnumMap<>(Finding.Kind.class);

  /** What a store's first failure was; the rest of what it keeps waits for the next pass. */
  private final Map<String, String> failedStores = new HashMap<>();

  private final long begun = Workflow.currentTimeMillis();

  ReconciliationPass(@Nullable Duration interval) {
    this.interval = requireNonNullElse(interval, DEFAULT_INTERVAL);
    Duration step = PassOptions.settling(this.interval);
    this.scans =
        Workflow.newActivityStub(
            ReconciliationActivities.class, PassOptions.scanStretch(this.interval));
    this.housekeeping =
        Workflow.newActivityStub(ReconciliationActivities.class, PassOptions.housekeeping(step));
    this.settlement =
        new Settlement(
            RegistrySteps.bounded(step), summary -> PassOptions.settlingRemoval(step, summary));
  }

  /** Takes the last pass's execution away, if nobody would look for it. */
  void forget(ReconciliationResult last) {
    if (last.workflowId() != null && last.runId() != null && last.isUneventful()) {
      try {
        housekeeping.forgetPass(last.workflowId(), last.runId());
      } catch (TemporalFailure notAllowed) {
        log.info("the last pass's execution stays: {}", notAllowed.getMessage());
      }
    }
  }

  /**
   * Makes it.
   *
   * @param from where the last one has left off; null if it came to the end of everything
   */
  ReconciliationResult make(@Nullable Map<Finding.Kind, ScanMark> from) {
    List<Finding.Kind> kinds = scans.kindsInTransit();
    Map<Finding.Kind, Promise<Void>> parts = new EnumMap<>(Finding.Kind.class);
    for (Finding.Kind kind : kinds) {
      ScanMark mark = from == null ? null : from.get(kind);
      Promise<Void> uploads = parts.get(Finding.Kind.ABANDONED_UPLOAD);
      parts.put(
          kind,
          Async.procedure(
              () -> {
                // An abandoned task is settled by what became of its image.
                if (kind == Finding.Kind.ABANDONED_TASK && uploads != null) {
                  uploads.get();
                }
                goThrough(kind, mark);
              }));
    }
    Promise<Integer> expired =
        Async.function(() -> cleaned("expired tasks", housekeeping::removeExpiredTasks));
    Promise<Integer> purged =
        Async.function(() -> cleaned("images to purge", housekeeping::purgeDeletedImages));
    Promise.allOf(parts.values()).get();
    return counts.result(expired.get(), purged.get(), next);
  }

  private void goThrough(Finding.Kind kind, @Nullable ScanMark from) {
    ScanMark mark = from;
    for (int seen = 0; seen < LIMIT && isTime(); ) {
      ScanPage page;
      try {
        page = scans.scan(new ScanRequest(kind, mark, STRETCH));
      } catch (TemporalFailure failure) {
        counts.failed("the scan for " + kind, failure);
        break;
      }
      counts.unanswered(page.unanswered());
      settle(page.findings());
      seen += page.findings().size();
      mark = page.next();
      if (mark == null) {
        return;
      }
    }
    if (mark != null) {
      next.put(kind, mark);
    }
  }

  /** Half an interval for what begins; what has begun then ends within the other half. */
  private boolean isTime() {
    long time = Math.max(interval.toMillis(), LEAST.toMillis()) / 2;
    return Workflow.currentTimeMillis() - begun < time;
  }

  private void settle(List<Finding> findings) {
    for (int i = 0; i < findings.size(); i += TOGETHER) {
      Promise.allOf(
              findings.subList(i, Math.min(i + TOGETHER, findings.size())).stream()
                  .map(finding -> Async.procedure(() -> settle(finding)))
                  .toList())
          .get();
    }
  }

  private void settle(Finding finding) {
    String store = finding.store();
    if (store != null && failedStores.containsKey(store)) {
      counts.failed(finding.detail(), failedStores.get(store));
      return;
    }
    Workflow.setCurrentDetails("- **now: " + finding.detail() + "**");
    try {
      if (settlement.settle(finding)) {
        counts.settled(finding.kind());
      }
    } catch (RuntimeException failure) {
      Faults.rethrowIfForAnotherWorker(failure);
      String why = counts.failed(finding.detail(), failure);
      if (store != null) {
        failedStores.put(store, "store '%s' failed in this pass: %s".formatted(store, why));
      }
    }
  }

  private int cleaned(String what, IntSupplier step) {
    try {
      return step.getAsInt();
    } catch (TemporalFailure failure) {
      counts.failed("the removal of " + what, failure);
      return 0;
    }
  }
}
