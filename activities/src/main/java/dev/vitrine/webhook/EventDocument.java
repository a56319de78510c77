package dev.vitrine.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.vitrine.image.HistoryEntry;
import dev.vitrine.json.JsonMappers;
import dev.vitrine.listing.AuditEntry;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event as it is told: what changed, and nothing that has to be looked up. */
public final class EventDocument {

  private EventDocument() {}

  /** By which a receiver knows that it was told before. */
  public static String id(long event) {
    return "event-" + event;
  }

  /** In JSON. */
  public static String of(AuditEntry entry) {
    HistoryEntry change = entry.change();
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put(entry.noun() + "_id", change.subject().toString());
    data.put("owner", entry.owner());
    data.put("from", change.from());
    data.put("to", change.to());
    data.put("event", change.event());
    data.put("cause", change.cause());
    data.put("user", change.user());
    data.put("project", change.project());
    data.put("request_id", change.requestId());
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("id", id(entry.id()));
    document.put("type", entry.noun() + ".status");
    document.put("timestamp", change.at().toString());
    document.put("data", data);
    try {
      return JsonMappers.plain().writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and maps are always JSON", e);
    }
  }
}
