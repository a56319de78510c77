package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageMembersTest extends ApiTest {

  private static String members(UUID image) {
    return Api.image(image) + "/members";
  }

  private static String member(UUID image, Api who) {
    return members(image) + "/" + who.project();
  }

  private Api.Reply share(UUID image, Api with) {
    return alice.post(members(image), "{\"member\": \"%s\"}".formatted(with.project()));
  }

  private static String status(String status) {
    return "{\"status\": \"%s\"}".formatted(status);
  }

  @Test
  void sharesAnImage() {
    UUID id = alice.queued();
    bob.get(Api.image(id)).error(404);
    JsonNode member = share(id, bob).is(200).json();
    assertThat(member.path("image_id").textValue()).isEqualTo(id.toString());
    assertThat(member.path("member_id").textValue()).isEqualTo(bob.project());
    assertThat(member.path("status").textValue()).isEqualTo("pending");
    assertThat(member.path("schema").textValue()).isEqualTo("/v2/schemas/member");
    bob.show(id);
    assertThat(alice.get(member(id, bob)).is(200).json()).isEqualTo(member);
  }

  @Test
  void listsMembersToTheOwnerAndEachItself() {
    UUID id = alice.queued();
    Api carol = installation().as("carol", "third-" + UUID.randomUUID(), "member");
    share(id, bob).is(200);
    share(id, carol).is(200);
    JsonNode all = alice.get(members(id)).is(200).json();
    assertThat(all.path("members")).hasSize(2);
    assertThat(all.path("schema").textValue()).isEqualTo("/v2/schemas/members");
    JsonNode own = bob.get(members(id)).is(200).json().path("members");
    assertThat(own).hasSize(1);
    assertThat(own.get(0).path("member_id").textValue()).isEqualTo(bob.project());
    bob.get(member(id, carol)).error(404);
    bob.get(member(id, bob)).is(200);
  }

  @Test
  void refusesAMemberTwice() {
    UUID id = alice.queued();
    share(id, bob).is(200);
    assertThat(share(id, bob).error(409)).contains(bob.project());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"member\": 1}",
        "{\"member\": null}",
        "{\"member\": \"\"}",
        "{\"member\": \" \"}",
        "{\"member\": \".\"}",
        "{\"member\": \"..\"}",
        "{\"member\": \"../tags/a\"}",
        "{\"member\": \"%2e%2e\"}",
        "{\"project\": \"x\"}"
      })
  void refusesWhatIsNoMember(String body) {
    alice.post(members(alice.queued()), body).error(400);
  }

  @Test
  void refusesMoreThanAnImageMayHave() {
    UUID id = alice.queued();
    for (int i = 0; i < 128; i++) {
      alice.post(members(id), "{\"member\": \"m%d\"}".formatted(i)).is(200);
    }
    share(id, bob).error(413);
  }

  @Test
  void letsTheMemberSayWhatItMakesOfIt() {
    UUID id = alice.queued();
    share(id, bob).is(200);
    for (String status : new String[] {"accepted", "rejected", "pending", "accepted"}) {
      JsonNode member = bob.put(member(id, bob), status(status)).is(200).json();
      assertThat(member.path("status").textValue()).isEqualTo(status);
    }
    assertThat(alice.get(member(id, bob)).json().path("status").textValue()).isEqualTo("accepted");
    alice.put(member(id, bob), status("rejected")).error(403);
    root.put(member(id, bob), status("rejected")).is(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"status\": \"maybe\"}",
        "{\"status\": null}",
        "{\"status\": 1}",
        "[]"
      })
  void refusesWhatIsNoStatus(String body) {
    UUID id = alice.queued();
    share(id, bob).is(200);
    bob.put(member(id, bob), body).error(400);
    assertThat(bob.get(member(id, bob)).json().path("status").textValue()).isEqualTo("pending");
  }

  @Test
  void sharesAnImageNoLonger() {
    UUID id = alice.queued();
    share(id, bob).is(200);
    bob.delete(member(id, bob)).error(403);
    assertThat(alice.delete(member(id, bob)).is(204).body()).isEmpty();
    bob.get(Api.image(id)).error(404);
    alice.delete(member(id, bob)).error(404);
    alice.get(member(id, bob)).error(404);
  }

  @Test
  void letsAMemberSeeAndReadButNotChange() {
    UUID id = alice.active(new byte[] {1, 2, 3});
    share(id, bob).is(200);
    assertThat(bob.get(Api.image(id) + "/file").is(200).body()).containsExactly(1, 2, 3);
    bob.patch(id, "[{\"op\": \"replace\", \"path\": \"/name\", \"value\": \"x\"}]").error(403);
    bob.delete(Api.image(id)).error(403);
    bob.post(members(id), "{\"member\": \"x\"}").error(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"private", "community"})
  void hasMembersOnlyWhileItIsShared(String visibility) {
    UUID id = alice.create("\"visibility\": \"%s\"".formatted(visibility));
    share(id, bob).error(403);
    alice.get(members(id)).error(403);
  }

  @Test
  void knowsNoOtherImageAndNoOtherMember() {
    UUID id = alice.queued();
    alice.get(members(UUID.randomUUID())).error(404);
    alice.post(members(UUID.randomUUID()), "{\"member\": \"x\"}").error(404);
    bob.get(members(id)).error(404);
    bob.post(members(id), "{\"member\": \"x\"}").error(404);
    alice.get(member(id, bob)).error(404);
    bob.put(member(id, bob), status("accepted")).error(404);
  }

  @Test
  void listsAnImageToItsMembersOnceTheyAccept() {
    UUID id = alice.queued();
    share(id, bob).is(200);
    String mine = "/v2/images?owner=" + alice.project();
    assertThat(bob.get(mine).is(200).json().path("images")).isEmpty();
    assertThat(bob.get(mine + "&member_status=pending").is(200).json().path("images")).hasSize(1);
    bob.put(member(id, bob), status("accepted")).is(200);
    assertThat(bob.get(mine).is(200).json().path("images")).hasSize(1);
    bob.put(member(id, bob), status("rejected")).is(200);
    assertThat(bob.get(mine).is(200).json().path("images")).isEmpty();
    assertThat(bob.get(mine + "&member_status=all").is(200).json().path("images")).hasSize(1);
  }
}
