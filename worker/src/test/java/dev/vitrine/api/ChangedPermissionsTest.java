package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.http.Wire;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an operator changes of the table holds wherever it is asked: API, activities, lists. */
@Timeout(120)
class ChangedPermissionsTest {

  private static ApiInstallation installation;

  private Api alice;
  private Api rita;
  private Api bob;

  @BeforeAll
  static void start() throws IOException {
    installation =
        new ApiInstallation(
            Map.of(
                "VITRINE_PERMISSIONS",
                "allow download to reader of owner, allow delete to reader of owner, deny"
                    + " deactivate to member of owner, deny show to reader of community, deny show"
                    + " to member of community, deny download to member of community, allow"
                    + " use-tasks-api to member of owner, deny show-task to reader of owner"));
  }

  @AfterAll
  static void stop() {
    installation.close();
  }

  @BeforeEach
  void callers() {
    String project = "acme-" + UUID.randomUUID();
    alice = installation.as("alice", project, "member");
    rita = installation.as("rita", project, "reader");
    bob = installation.as("bob", "other-" + UUID.randomUUID(), "member");
  }

  @Test
  void letsReadersReadData() {
    UUID id = alice.active(new byte[10]);
    assertThat(rita.get(Api.image(id) + "/file").is(200).body()).hasSize(10);
  }

  @Test
  void letsReadersDeleteAlsoWhatIsUploading() throws Exception {
    UUID active = alice.active(new byte[10]);
    rita.delete(Api.image(active)).is(204);
    UUID saving = alice.queued();
    try (Wire upload = alice.beginUpload(saving, "Content-Length: 1000", new byte[10])) {
      ApiInstallation.await("it is saving", () -> alice.status(saving).equals("saving"));
      rita.delete(Api.image(saving)).is(204);
      assertThat(upload.reply().status()).isEqualTo(410);
    }
  }

  @Test
  void leavesDeactivationToAdmins() {
    UUID id = alice.active(new byte[10]);
    assertThat(alice.without("POST", Api.image(id) + "/actions/deactivate").error(403))
        .contains("it takes an admin");
    installation
        .as("root", "ops", "admin")
        .without("POST", Api.image(id) + "/actions/deactivate")
        .is(204);
  }

  @Test
  void listsNothingThatIsNotShown() {
    UUID id = alice.create(Api.FORMATS + ", \"visibility\": \"community\"");
    bob.get(Api.image(id)).error(404);
    for (String query : new String[] {"visibility=community", "visibility=all", "marker=" + id}) {
      Api.Reply list = bob.get("/v2/images?limit=1000&" + query);
      if (query.startsWith("marker")) {
        list.error(400);
      } else {
        assertThat(list.is(200).json().toString()).doesNotContain(id.toString());
      }
    }
    assertThat(alice.get("/v2/images?visibility=community").json().toString())
        .contains(id.toString());
  }

  @Test
  void showsTasksByTheSameTable() {
    UUID image = alice.active(new byte[10]);
    String clone = "{\"type\": \"clone\", \"input\": {\"image_id\": \"%s\"}}".formatted(image);
    String task = alice.post("/v2/tasks", clone).is(201).json().path("id").textValue();
    assertThat(alice.get("/v2/tasks").is(200).json().toString()).contains(task);
    rita.get("/v2/tasks").error(403);
    rita.get("/v2/tasks/" + task).error(403);
  }
}
