package dev.vitrine.reconciliation;

import dev.vitrine.activity.Finding;
import dev.vitrine.activity.ScanMark;
import dev.vitrine.activity.ScanPage;
import dev.vitrine.activity.ScanRequest;
import dev.vitrine.registry.Home;
import dev.vitrine.registry.Housekeeping;
import dev.vitrine.registry.Registry;
import io.temporal.client.WorkflowClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a pass of reconciliation would do now, by the same questions that a pass asks. It changes
 * nothing: no workflow is terminated and no row removed. Safe for use by many threads.
 */
public final class ReconciliationPreview {

  /** Looks from the beginning, on behalf of no activity. */
  private static final Heartbeat NONE =
      new Heartbeat() {
        @Override
        public void at(@Nullable ScanMark mark) {}

        @Override
        public Optional<ScanMark> last() {
          return Optional.empty();
        }
      };

  private final Registry registry;
  private final Home here;
  private final Liveness liveness;

  /**
   * What would be done.
   *
   * @param findings what no live workflow is going to settle: a location that is left over goes
   *     with what its store has of it, unfinished uploads in parts as well
   * @param expiredTasks that would be removed
   * @param purgedImages whose rows would be removed; their ids stay reserved
   * @param expiredKeys how many idempotency keys would be removed
   * @param unneededQueries how many query strings of sources would be removed
   * @param oldDeadLetters how many dead letters of webhooks would be removed
   * @param forgottenWebhooks how many places of webhooks that nobody tells would be removed
   * @param unanswered how many rows the server said nothing about
   * @param more whether there is more than was looked at
   */
  public record Preview(
      List<Finding> findings,
      List<UUID> expiredTasks,
      List<UUID> purgedImages,
      int expiredKeys,
      int unneededQueries,
      int oldDeadLetters,
      int forgottenWebhooks,
      int unanswered,
      boolean more) {}

  /**
   * Compares that registry with the client's namespace.
   *
   * @param here that namespace, where the registry's work must run
   * @param stuckAfter when a workflow that is open and can't go on is given up
   */
  public ReconciliationPreview(
      Registry registry, WorkflowClient client, Home here, Duration stuckAfter) {
    this.registry = registry;
    this.here = here;
    this.liveness = new Liveness(client, new StuckWorkflows(client, Clock.systemUTC(), stuckAfter));
  }

  /**
   * Looks.
   *
   * @param limit how many of each kind, at most
   * @throws dev.vitrine.error.VitrineException.Conflict if the registry's work runs elsewhere
   */
  public Preview look(int limit) {
    ReconciliationActivitiesImpl.requireHome(registry, here);
    List<Finding> findings = new ArrayList<>();
    int unanswered = 0;
    boolean more = false;
    for (Finding.Kind kind : Finding.Kind.values()) {
      ScanRequest request = new ScanRequest(kind, null, limit);
      ScanPage page =
          new Scan(registry.backlog(), registry.locations(), liveness, NONE, request).preview();
      findings.addAll(page.findings());
      unanswered += page.unanswered();
      more |= page.next() != null;
    }
    Housekeeping housekeeping = registry.housekeeping();
    List<UUID> tasks = housekeeping.expiredTasks(limit + 1);
    List<UUID> images = housekeeping.purgeableImages(limit + 1);
    return new Preview(
        findings,
        first(limit, tasks),
        first(limit, images),
        housekeeping.expiredKeys(),
        housekeeping.unneededQueries(),
        housekeeping.oldDeadLetters(),
        housekeeping.forgottenWebhooks(),
        unanswered,
        more || tasks.size() > limit || images.size() > limit);
  }

  private static List<UUID> first(int limit, List<UUID> ids) {
    return ids.subList(0, Math.min(limit, ids.size()));
  }
}
