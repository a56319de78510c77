package dev.vitrine.api;

import dev.vitrine.access.ImageAccess;
import dev.vitrine.access.ImageOperation;
import dev.vitrine.activity.Finding;
import dev.vitrine.http.Answer;
import dev.vitrine.http.Call;
import dev.vitrine.http.Json;
import dev.vitrine.http.Route;
import dev.vitrine.reconciliation.ReconciliationPreview;
import dev.vitrine.reconciliation.ReconciliationPreview.Preview;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Vitrine's own: what the next pass of reconciliation would do. Changes nothing. */
final class Reconciliation {

  private final ImageAccess access;
  private final ReconciliationPreview preview;

  Reconciliation(ImageAccess access, ReconciliationPreview preview) {
    this.access = access;
    this.preview = preview;
  }

  List<Route> routes() {
    return List.of(Route.of("GET", "/v2/reconciliation", this::show));
  }

  private Answer show(Call call) {
    access.require(ImageOperation.SHOW_RECONCILIATION, call.requester());
    Preview seen = preview.look(PageLinks.limit(call));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("findings", seen.findings().stream().map(Reconciliation::document).toList());
    document.put("expired_tasks", texts(seen.expiredTasks()));
    document.put("purged_images", texts(seen.purgedImages()));
    document.put("expired_keys", seen.expiredKeys());
    document.put("unneeded_queries", seen.unneededQueries());
    document.put("old_dead_letters", seen.oldDeadLetters());
    document.put("forgotten_webhooks", seen.forgottenWebhooks());
    document.put("unanswered", seen.unanswered());
    document.put("more", seen.more());
    return Answer.json(200, Json.write(document));
  }

  private static Map<String, @Nullable Object> document(Finding finding) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("kind", finding.kind().name().toLowerCase(Locale.ROOT));
    document.put("image_id", text(finding.imageId()));
    document.put("task_id", text(finding.taskId()));
    document.put("location_id", text(finding.locationId()));
    document.put("store", finding.store());
    document.put("detail", finding.detail());
    return document;
  }

  private static @Nullable String text(@Nullable UUID id) {
    return id == null ? null : id.toString();
  }

  private static List<String> texts(List<UUID> ids) {
    return ids.stream().map(UUID::toString).toList();
  }
}
