package dev.vitrine.workflow.verification;

import dev.vitrine.activity.SweepCounts;
import dev.vitrine.activity.SweepFinding;
import dev.vitrine.activity.SweepMark;
import dev.vitrine.activity.SweepOrder;
import dev.vitrine.activity.SweepRequest;
import dev.vitrine.activity.SweepStretch;
import dev.vitrine.activity.VerificationActivities;
import dev.vitrine.text.Markdown;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sweep: stretch after stretch, each for some minutes. */
public final class StoreSweepWorkflowImpl implements StoreSweepWorkflow {

  /** Findings that are carried along: some ten kilobytes. */
  static final int MOST_FINDINGS = 100;

  /** An execution of some hours, whose history stays small. */
  private static final int STRETCHES = 100;

  @Override
  public SweepResult sweep(SweepRun run) {
    SweepOrder order = run.order();
    List<SweepFinding> findings = new ArrayList<>(run.findings());
    SweepCounts counts = run.counts();
    SweepMark at = run.from();
    VerificationActivities stores =
        Workflow.newActivityStub(
            VerificationActivities.class, VerificationOptions.sweeping(order.words()));
    for (int stretch = 0; stretch < STRETCHES; stretch++) {
      show(at, counts);
      SweepStretch done =
          stores.sweep(new SweepRequest(order, at, MOST_FINDINGS - findings.size()));
      counts = counts.plus(done.counts());
      findings.addAll(
          done.findings()
              .subList(0, Math.min(done.findings().size(), MOST_FINDINGS - findings.size())));
      SweepMark next = done.next();
      if (next == null) {
        show(null, counts);
        return new SweepResult(counts, findings);
      }
      at = next;
    }
    return Workflow.newContinueAsNewStub(StoreSweepWorkflow.class)
        .sweep(run.goingOn(at, counts, findings));
  }

  private static void show(@Nullable SweepMark at, SweepCounts counts) {
    String where =
        at == null
            ? "- done\n"
            : "- **now: %s%s**\n"
                .formatted(
                    at.part().wireName(),
                    at.store() == null ? "" : " in store " + Markdown.code(at.store()));
    Workflow.setCurrentDetails(
        where
            + "- %d places, %d keys, %d bytes read\n"
                .formatted(counts.locations(), counts.keys(), counts.bytesRead())
            + "- %d wrong, %d missing, %d unread, %d orphans; %d of them repaired\n"
                .formatted(
                    counts.wrong(),
                    counts.missing(),
                    counts.unread(),
                    counts.orphans(),
                    counts.repaired()));
  }
}
