package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who did what, as the API tells it. */
class AuditTest extends ApiTest {

  private static JsonNode of(Api who, UUID image) {
    return who.get("/v2/audit?image_id=" + image).is(200).json().path("audit");
  }

  private static List<String> texts(JsonNode entries, String field) {
    List<String> texts = new ArrayList<>();
    entries.forEach(entry -> texts.add(entry.path(field).textValue()));
    return texts;
  }

  @Test
  void saysWhoAskedForWhatInWhichRequestAlsoWhereAWorkflowDidIt() {
    UUID id = alice.active(new byte[10]);
    String request =
        root.without("POST", Api.image(id) + "/actions/deactivate")
            .is(204)
            .header("x-openstack-request-id");

    JsonNode entries = of(alice, id);

    assertThat(texts(entries, "event"))
        .containsExactly("deactivate", "upload succeeded", "begin upload", "create");
    assertThat(texts(entries, "user")).containsExactly("root", "alice", "alice", "alice");
    assertThat(texts(entries, "image_id")).containsOnly(id.toString());
    assertThat(texts(entries, "request_id").get(0)).isEqualTo(request);
    // The upload's two steps are one request's, and the creation another's.
    List<String> requests = texts(entries, "request_id");
    assertThat(requests.get(1)).startsWith("req-").isEqualTo(requests.get(2));
    assertThat(requests.get(3)).startsWith("req-").isNotEqualTo(requests.get(2));
  }

  @Test
  void saysWhoDeletedAnImage() {
    UUID id = alice.active(new byte[10]);
    root.delete(Api.image(id)).is(204);

    JsonNode deletion = of(alice, id).get(0);

    assertThat(deletion.path("event").textValue()).isEqualTo("delete");
    assertThat(deletion.path("user").textValue()).isEqualTo("root");
    assertThat(deletion.path("request_id").textValue()).startsWith("req-");
  }

  @Test
  void showsAnotherProjectNothingOfIt() {
    UUID id = alice.queued();

    assertThat(of(bob, id)).isEmpty();
    assertThat(of(root, id)).hasSize(1);
  }

  @Test
  void leadsFromPageToPage() {
    UUID id = alice.active(new byte[10]);

    JsonNode first = alice.get("/v2/audit?limit=2&image_id=" + id).is(200).json();
    JsonNode second = alice.get(first.path("next").textValue()).is(200).json();

    assertThat(texts(first.path("audit"), "event"))
        .containsExactly("upload succeeded", "begin upload");
    assertThat(texts(second.path("audit"), "event")).containsExactly("create");
    assertThat(second.has("next")).isFalse();
  }

  @Test
  void refusesWhatItDoesNotFilterBy() {
    assertThat(alice.get("/v2/audit?image=x").error(400))
        .contains("parameter 'image': the audit is filtered by [event, image_id");
    assertThat(alice.get("/v2/audit?since=yesterday").error(400)).contains("since 'yesterday'");
    assertThat(alice.get("/v2/audit?marker=x").error(400)).contains("marker 'x'");
    assertThat(alice.get("/v2/audit?limit=x").error(400)).contains("limit 'x'");
  }
}
