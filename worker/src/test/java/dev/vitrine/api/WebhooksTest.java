package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.registry.Deliveries;
import dev.vitrine.registry.Deliveries.DeadLetter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an admin sees and does of webhooks. */
class WebhooksTest extends ApiTest {

  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

  private static long bury(String endpoint) {
    Deliveries deliveries = installation().registry().deliveries();
    long begun = deliveries.open(endpoint).told();
    deliveries.failed(endpoint, "it answered 500");
    deliveries.bury(
        endpoint,
        List.of(
            new DeadLetter(endpoint, begun + 1, "{\"a\":1}", "it answered 500", AT, false),
            new DeadLetter(endpoint, begun + 2, "{\"a\":2}", "it answered 500", AT, false)));
    return begun;
  }

  @Test
  void showsAnAdminWhatAWebhookDidNotTakeAndSendsItAgain() {
    long begun = bury("seen");

    JsonNode seen = null;
    for (JsonNode one : root.get("/v2/webhooks").is(200).json().path("webhooks")) {
      seen = one.path("name").textValue().equals("seen") ? one : seen;
    }
    assertThat(seen).isNotNull();
    assertThat(seen.path("told").longValue()).isEqualTo(begun + 2);
    assertThat(seen.path("dead_letters").intValue()).isEqualTo(2);
    assertThat(seen.path("error").textValue()).isEqualTo("it answered 500");

    String letters = "/v2/webhooks/seen/dead-letters";
    JsonNode first = root.get(letters + "?limit=1").is(200).json();
    JsonNode second = root.get(first.path("next").textValue()).is(200).json();
    assertThat(first.path("dead_letters").get(0).path("body").textValue()).isEqualTo("{\"a\":1}");
    assertThat(second.path("dead_letters").get(0).path("event").longValue()).isEqualTo(begun + 2);

    assertThat(
            root.without("POST", letters + "/" + (begun + 2) + "/resend")
                .is(202)
                .json()
                .path("sending")
                .intValue())
        .isEqualTo(1);
    assertThat(installation().registry().deliveries().toSendAgain("seen", 10))
        .extracting(DeadLetter::event)
        .containsExactly(begun + 2);
    assertThat(root.without("POST", letters + "/resend").is(202).json().path("sending").intValue())
        .isEqualTo(2);
  }

  @Test
  void refusesWhatIsNotThere() {
    bury("gone");
    assertThat(root.get("/v2/webhooks/unknown/dead-letters").error(404))
        .contains("webhook unknown");
    assertThat(root.without("POST", "/v2/webhooks/gone/dead-letters/0/resend").error(404))
        .contains("has no dead letter of event 0");
    assertThat(root.without("POST", "/v2/webhooks/gone/dead-letters/x/resend").error(400))
        .contains("event 'x'");
  }

  @Test
  void isAnAdminsAlone() {
    bury("secret");
    assertThat(alice.get("/v2/webhooks").error(403)).contains("manage webhooks by alice");
    alice.get("/v2/webhooks/secret/dead-letters").error(403);
    alice.without("POST", "/v2/webhooks/secret/dead-letters/resend").error(403);
  }
}
