package dev.vitrine.remote;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the reconciliation of one of Vitrine's own servers would do, for admins. Thread-safe. */
public final class RemoteReconciliation {

  private final ApiRequests requests;

  RemoteReconciliation(ApiRequests requests) {
    this.requests = requests;
  }

  /**
   * By the API's names: {@code findings}, {@code expired_tasks}, {@code purged_images}, {@code
   * expired_keys}, {@code unneeded_queries}, {@code old_dead_letters}, {@code forgotten_webhooks},
   * {@code unanswered}, {@code more}.
   *
   * @param limit how many of each kind
   */
  public Map<String, @Nullable Object> preview(int limit) {
    return requests.json(ApiCall.get("reconciliation", "/v2/reconciliation?limit=" + limit));
  }
}
