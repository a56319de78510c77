package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.access.Requester;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers whose roles are in the system as a whole, as trusted headers say it. */
class SystemScopeTest extends ApiTest {

  private Api admin;
  private Api reader;
  private Api member;

  @Override
  ApiInstallation called() {
    return generous();
  }

  @BeforeEach
  void systemCallers() {
    admin = called().as("sysadmin", Requester.SYSTEM_PROJECT, "admin,member,reader");
    member = called().as("sysmember", Requester.SYSTEM_PROJECT, "member,reader");
    reader = called().as("auditor", Requester.SYSTEM_PROJECT, "reader");
  }

  private boolean lists(Api caller, UUID id, String query) {
    JsonNode page = caller.get("/v2/images?limit=1000" + query).is(200).json().path("images");
    for (JsonNode image : page) {
      if (image.path("id").textValue().equals(id.toString())) {
        return true;
      }
    }
    return false;
  }

  @Test
  void readersReadTheImagesOfEveryProjectAndChangeNothing() {
    for (String visibility : new String[] {"private", "shared", "community"}) {
      UUID id = alice.create(Api.FORMATS + ", \"visibility\": \"%s\"".formatted(visibility));
      for (Api by : new Api[] {reader, member}) {
        assertThat(by.show(id).path("owner").textValue()).isEqualTo(alice.project());
        assertThat(lists(by, id, "&visibility=all")).isTrue();
        by.get(Api.image(id) + "/history").is(200);
        assertThat(
                by.patch(id, "[{\"op\": \"add\", \"path\": \"/a\", \"value\": \"b\"}]").error(403))
            .contains("of the system is forbidden");
        by.upload(id, new byte[1]).error(403);
        by.delete(Api.image(id)).error(403);
      }
    }
    UUID active = alice.active(new byte[10]);
    reader.get(Api.image(active) + "/file").error(403);
    reader.without("POST", Api.image(active) + "/actions/deactivate").error(403);
    reader.post("/v2/images", "{\"owner\": \"%s\"}".formatted(alice.project())).error(403);
  }

  @Test
  void whoHasNoRoleSeesNothing() {
    UUID id = alice.queued();
    Api nobody = called().as("nobody", Requester.SYSTEM_PROJECT, "other");
    nobody.get(Api.image(id)).error(404);
    nobody.get("/v2/images").error(403);
    nobody.get("/v2/tasks").error(403);
  }

  @Test
  void adminsDoEverythingToEveryImage() {
    UUID id = alice.queued();
    admin.patch(id, "[{\"op\": \"add\", \"path\": \"/a\", \"value\": \"b\"}]").is(200);
    admin.upload(id, new byte[10]).is(204);
    assertThat(admin.get(Api.image(id) + "/file").is(200).body()).hasSize(10);
    admin.without("POST", Api.image(id) + "/actions/deactivate").is(204);
    assertThat(alice.without("POST", Api.image(id) + "/actions/reactivate").error(403))
        .contains("deactivated by sysadmin of the system");
    admin.without("POST", Api.image(id) + "/actions/reactivate").is(204);
    admin.delete(Api.image(id)).is(204);
  }

  /** Nothing belongs to the system, so that who creates something there has to say for whom. */
  @Test
  void adminsSayWhoOwnsWhatTheyCreate() {
    assertThat(admin.post("/v2/images", "{}").error(400)).contains("give the owner");
    assertThat(
            admin
                .post("/v2/images", "{\"owner\": \"%s\"}".formatted(Requester.SYSTEM_PROJECT))
                .error(400))
        .contains("give the owner");
    UUID id = admin.create("\"owner\": \"%s\"".formatted(alice.project()));
    assertThat(alice.show(id).path("owner").textValue()).isEqualTo(alice.project());
    admin.patch(id, "[{\"op\": \"remove\", \"path\": \"/owner\"}]").error(403);
    root.patch(
            id,
            "[{\"op\": \"replace\", \"path\": \"/owner\", \"value\": \"%s\"}]"
                .formatted(Requester.SYSTEM_PROJECT))
        .error(400);
  }

  @Test
  void seesEveryTaskAndCreatesNone() {
    UUID image = alice.active(new byte[10]);
    String clone = "{\"type\": \"clone\", \"input\": {\"image_id\": \"%s\"}}".formatted(image);
    String task = alice.post("/v2/tasks", clone).is(201).json().path("id").textValue();
    for (Api by : new Api[] {admin, reader}) {
      by.get("/v2/tasks/" + task).is(200);
      by.get("/v2/tasks").is(200);
    }
    assertThat(admin.post("/v2/tasks", clone).error(403)).contains("a task belongs to a project");
    reader.delete("/v2/tasks/" + task).error(403);
    admin.delete("/v2/tasks/" + task).is(204);
  }
}
