package dev.vitrine.fake;

import dev.vitrine.activity.SweepCounts;
import dev.vitrine.activity.SweepFinding;
import dev.vitrine.activity.SweepFinding.Kind;
import dev.vitrine.activity.SweepOrder;
import dev.vitrine.workflow.verification.StoreSweepWorkflow;
import dev.vitrine.workflow.verification.SweepResult;
import dev.vitrine.workflow.verification.SweepRun;
import java.util.List;
import java.util.UUID;

/** A sweep that finds an orphan where it looks for such, and nothing in store {@code clean}. */
public final class FakeSweep implements StoreSweepWorkflow {

  @Override
  public SweepResult sweep(SweepRun run) {
    SweepOrder order = run.order();
    SweepCounts counts = new SweepCounts(2, 3, order.read() ? 10 : 0, 0, 0, 0, 0, 0);
    if (!order.orphans() || "clean".equals(order.store())) {
      return new SweepResult(counts, List.of());
    }
    SweepFinding orphan =
        new SweepFinding(
            Kind.ORPHAN, "main", "a/b", new UUID(0, 1), "no row knows it", order.repair());
    return new SweepResult(counts.plus(orphan), List.of(orphan));
  }
}
