package dev.vitrine.api;

import dev.vitrine.guard.GuardedImages;
import dev.vitrine.http.Answer;
import dev.vitrine.http.Call;
import dev.vitrine.http.Json;
import dev.vitrine.http.Route;
import dev.vitrine.image.HistoryEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Vitrine's own: every change of an image's status, oldest first. */
final class ImageHistory {

  private final GuardedImages images;

  ImageHistory(GuardedImages images) {
    this.images = images;
  }

  List<Route> routes() {
    return List.of(Route.of("GET", "/v2/images/{id}/history", this::list));
  }

  private Answer list(Call call) {
    UUID id = Ids.inPath("image", call.parameter("id"));
    List<Map<String, @Nullable Object>> entries =
        images.history(id, call.requester()).stream().map(ImageHistory::document).toList();
    return Answer.json(200, Json.write(Map.of("history", entries)));
  }

  private static Map<String, @Nullable Object> document(HistoryEntry entry) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("from", entry.from());
    document.put("to", entry.to());
    document.put("event", entry.event());
    document.put("at", entry.at().toString());
    document.put("cause", entry.cause());
    document.put("operation_id", entry.operationId());
    document.put("workflow_id", entry.workflowId());
    document.put("run_id", entry.runId());
    document.put("user", entry.user());
    document.put("project", entry.project());
    document.put("request_id", entry.requestId());
    return document;
  }
}
