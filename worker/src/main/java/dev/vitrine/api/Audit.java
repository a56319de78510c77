package dev.vitrine.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.guard.GuardedAudit;
import dev.vitrine.http.Answer;
import dev.vitrine.http.Call;
import dev.vitrine.http.Route;
import dev.vitrine.image.HistoryEntry;
import dev.vitrine.json.IsoTime;
import dev.vitrine.listing.AuditEntry;
import dev.vitrine.listing.AuditQuery;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Vitrine's own: who did what to which image or task and when, the newest first. */
final class Audit {

  private static final String PATH = "/v2/audit";

  private static final Set<String> PARAMETERS =
      Set.of(
          "image_id", "task_id", "user", "project", "event", "since", "until", "limit", "marker");

  private final GuardedAudit audit;

  Audit(GuardedAudit audit) {
    this.audit = audit;
  }

  List<Route> routes() {
    return List.of(Route.of("GET", PATH, this::list));
  }

  private Answer list(Call call) {
    AuditQuery query = query(call);
    List<AuditEntry> page = audit.list(query);
    Long last =
        page.size() < query.limit() || page.isEmpty() ? null : page.get(page.size() - 1).id();
    return Answer.json(200, PageLinks.ofOurs(call, PATH, "audit", page, last, Audit::write));
  }

  private static AuditQuery query(Call call) {
    // A filter that is misspelt would show everybody's changes as one's own.
    for (String given : new TreeSet<>(call.query().keySet())) {
      if (!PARAMETERS.contains(given)) {
        throw new Invalid(
            "parameter '%s': the audit is filtered by %s"
                .formatted(given, new TreeSet<>(PARAMETERS)));
      }
    }
    return new AuditQuery(
        call.requester(),
        new AuditQuery.Filter(
            id(call, "image_id"),
            id(call, "task_id"),
            call.query("user").orElse(null),
            call.query("project").orElse(null),
            call.query("event").orElse(null),
            time(call, "since"),
            time(call, "until")),
        call.query("marker").map(Audit::marker).orElse(null),
        PageLinks.limit(call));
  }

  private static @Nullable UUID id(Call call, String parameter) {
    return call.query(parameter).map(text -> Ids.given(parameter, text)).orElse(null);
  }

  private static @Nullable Instant time(Call call, String parameter) {
    return call.query(parameter)
        .map(
            text ->
                IsoTime.parse(text)
                    .orElseThrow(
                        () ->
                            new Invalid(
                                "%s '%s': give a time such as 2026-11-24T06:10:29Z"
                                    .formatted(parameter, text))))
        .orElse(null);
  }

  private static long marker(String text) {
    if (!text.matches("\\d{1,18}")) {
      throw new Invalid("marker '%s': give the id of a change".formatted(text));
    }
    return Long.parseLong(text);
  }

  private static void write(JsonGenerator out, AuditEntry entry) throws IOException {
    HistoryEntry change = entry.change();
    out.writeStartObject();
    out.writeNumberField("id", entry.id());
    out.writeStringField(entry.noun() + "_id", change.subject().toString());
    text(out, "owner", entry.owner());
    text(out, "user", change.user());
    text(out, "project", change.project());
    text(out, "request_id", change.requestId());
    text(out, "from", change.from());
    out.writeStringField("to", change.to());
    out.writeStringField("event", change.event());
    out.writeStringField("at", change.at().toString());
    out.writeStringField("cause", change.cause());
    out.writeStringField("operation_id", change.operationId());
    out.writeStringField("workflow_id", change.workflowId());
    out.writeStringField("run_id", change.runId());
    out.writeEndObject();
  }

  private static void text(JsonGenerator out, String name, @Nullable String value)
      throws IOException {
    if (value == null) {
      out.writeNullField(name);
    } else {
      out.writeStringField(name, value);
    }
  }
}
