package dev.vitrine.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.guard.GuardedWebhooks;
import dev.vitrine.http.Answer;
import dev.vitrine.http.Call;
import dev.vitrine.http.Json;
import dev.vitrine.http.Route;
import dev.vitrine.registry.Deliveries.DeadLetter;
import dev.vitrine.registry.Deliveries.Progress;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Vitrine's own: how far webhooks were told, and what they did not take. */
final class Webhooks {

  private static final String PATH = "/v2/webhooks";

  private final GuardedWebhooks webhooks;

  Webhooks(GuardedWebhooks webhooks) {
    this.webhooks = webhooks;
  }

  List<Route> routes() {
    String letters = PATH + "/{name}/dead-letters";
    return List.of(
        Route.of("GET", PATH, this::list),
        Route.of("GET", letters, this::deadLetters),
        Route.of("POST", letters + "/resend", call -> resend(call, null)),
        Route.of("POST", letters + "/{event}/resend", this::resendOne));
  }

  private Answer list(Call call) {
    Requester by = call.requester();
    List<Map<String, @Nullable Object>> all =
        webhooks.list(by).stream().map(progress -> document(progress, by)).toList();
    return Answer.json(200, Json.write(Map.of("webhooks", all)));
  }

  private Map<String, @Nullable Object> document(Progress progress, Requester by) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("name", progress.endpoint());
    document.put("told", progress.told());
    document.put("attempts", progress.attempts());
    document.put(
        "failing_since",
        progress.failingSince() == null ? null : progress.failingSince().toString());
    document.put("error", progress.error());
    document.put("dead_letters", webhooks.countDeadLetters(progress.endpoint(), by));
    return document;
  }

  private Answer deadLetters(Call call) {
    int limit = PageLinks.limit(call);
    String name = call.parameter("name");
    long after = call.query("marker").map(text -> number("marker", text)).orElse(0L);
    List<DeadLetter> page = webhooks.deadLetters(name, after, limit, call.requester());
    Long last = page.size() < limit || page.isEmpty() ? null : page.get(page.size() - 1).event();
    return Answer.json(
        200,
        PageLinks.ofOurs(
            call,
            PATH + "/" + name + "/dead-letters",
            "dead_letters",
            page,
            last,
            Webhooks::write));
  }

  private static void write(JsonGenerator out, DeadLetter letter) throws IOException {
    out.writeStartObject();
    out.writeNumberField("event", letter.event());
    out.writeStringField("body", letter.body());
    out.writeStringField("error", letter.error());
    out.writeStringField("buried_at", letter.buriedAt().toString());
    out.writeBooleanField("again", letter.again());
    out.writeEndObject();
  }

  private Answer resendOne(Call call) {
    return resend(call, number("event", call.parameter("event")));
  }

  private Answer resend(Call call, @Nullable Long event) {
    int sending = webhooks.sendAgain(call.parameter("name"), event, call.requester());
    return Answer.json(202, Json.write(Map.of("sending", sending)));
  }

  private static long number(String field, String text) {
    if (!text.matches("\\d{1,18}")) {
      throw new Invalid("%s '%s': give the number of an event".formatted(field, text));
    }
    return Long.parseLong(text);
  }
}
