package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Deactivation, reactivation, and the history in which they are to be found. */
class ImageActionsTest extends ApiTest {

  private static String deactivate(UUID image) {
    return Api.image(image) + "/actions/deactivate";
  }

  private static String reactivate(UUID image) {
    return Api.image(image) + "/actions/reactivate";
  }

  @Test
  void deactivatesAndReactivatesAsOftenAsOneLikes() {
    UUID id = alice.active(new byte[10]);
    assertThat(root.without("POST", deactivate(id)).is(204).body()).isEmpty();
    root.without("POST", deactivate(id)).is(204);
    assertThat(alice.status(id)).isEqualTo("deactivated");
    root.without("POST", reactivate(id)).is(204);
    root.without("POST", reactivate(id)).is(204);
    assertThat(alice.status(id)).isEqualTo("active");
  }

  @Test
  void takesWhateverBodyAClientSends() {
    UUID id = alice.active(new byte[10]);
    root.send("POST", deactivate(id), null, BodyPublishers.noBody()).is(204);
    root.post(reactivate(id), "{}").is(204);
  }

  @Test
  void refusesIt403FromAnyOtherStatus() {
    UUID id = alice.queued();
    assertThat(root.without("POST", deactivate(id)).error(403)).contains("queued");
    root.without("POST", reactivate(id)).error(403);
  }

  @Test
  void takesAMemberOfTheOwner() {
    UUID id = alice.active(new byte[10]);
    assertThat(rita.without("POST", deactivate(id)).error(403)).contains("role member in project");
    bob.without("POST", deactivate(id)).error(404);
    alice.without("POST", deactivate(id)).is(204);
    assertThat(alice.get(Api.image(id) + "/file").error(403)).contains("deactivated");
    alice.without("POST", deactivate(id)).is(204);
    rita.without("POST", reactivate(id)).error(403);
    bob.without("POST", reactivate(id)).error(404);
    alice.without("POST", reactivate(id)).is(204);
    alice.get(Api.image(id) + "/file").is(200);
  }

  @Test
  void leavesToAnAdminWhatAnAdminOfAnotherProjectDeactivated() {
    UUID id = alice.active(new byte[10]);
    root.without("POST", deactivate(id)).is(204);
    alice.without("POST", deactivate(id)).is(204);
    assertThat(alice.without("POST", reactivate(id)).error(403))
        .contains("deactivated by root of project ops", "it takes an admin");
    assertThat(alice.status(id)).isEqualTo("deactivated");
    root.without("POST", reactivate(id)).is(204);
    alice.without("POST", deactivate(id)).is(204);
    alice.without("POST", reactivate(id)).is(204);
    assertThat(alice.get(Api.image(id) + "/history").json().path("history"))
        .extracting(entry -> entry.path("cause").textValue())
        .endsWith(
            "deactivate by root (admin)",
            "reactivate by root (admin)",
            "deactivate by alice",
            "reactivate by alice");
  }

  @Test
  void leavesToTheOwnerWhatItsOwnAdminDeactivated() {
    UUID id = alice.active(new byte[10]);
    called().as("boss", alice.project(), "admin").without("POST", deactivate(id)).is(204);
    alice.without("POST", reactivate(id)).is(204);
  }

  @Test
  void knowsNoOtherImage() {
    root.without("POST", deactivate(UUID.randomUUID())).error(404);
    root.without("POST", "/v2/images/name/actions/reactivate").error(404);
    UUID deleted = alice.queued();
    alice.delete(Api.image(deleted)).is(204);
    root.without("POST", deactivate(deleted)).error(404);
  }

  @Test
  void writesHistory() {
    UUID id = alice.active(new byte[10]);
    Api.Reply reply = root.without("POST", deactivate(id)).is(204);
    JsonNode history = alice.get(Api.image(id) + "/history").is(200).json().path("history");
    assertThat(history)
        .extracting(entry -> entry.path("to").textValue())
        .containsExactly("queued", "saving", "active", "deactivated");
    assertThat(history.get(0).path("from").isNull()).isTrue();
    JsonNode last = history.get(3);
    assertThat(last.path("from").textValue()).isEqualTo("active");
    assertThat(last.path("cause").textValue()).contains("root");
    assertThat(last.path("operation_id").textValue())
        .contains(reply.header("x-openstack-request-id"));
  }

  @Test
  void showsHistoryToTheOwner() {
    UUID id = alice.create("\"visibility\": \"community\"");
    rita.get(Api.image(id) + "/history").is(200);
    root.get(Api.image(id) + "/history").is(200);
    bob.get(Api.image(id) + "/history").error(403);
    bob.get(Api.image(alice.queued()) + "/history").error(404);
    alice.get(Api.image(UUID.randomUUID()) + "/history").error(404);
  }
}
