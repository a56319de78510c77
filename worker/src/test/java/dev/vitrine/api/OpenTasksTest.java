package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody moves the data that tasks are asked for, and a project may have two that are not over. */
@Timeout(120)
class OpenTasksTest {

  private static final Map<String, String> SETTINGS =
      Map.of(
          "VITRINE_WORKER_ROLES", "workflow,api",
          "VITRINE_TRANSFER_SMALL_SIZE", "0B",
          "VITRINE_API_TASKS_FOR_MEMBERS", "true",
          "VITRINE_LIMITS_PROJECT_TASKS", "2");
  private static final String TASK =
      """
      {"type": "import", "input": {"import_from": "http://127.0.0.1/none",
       "import_from_format": "raw", "image_properties": {"container_format": "bare"}}}
      """;

  private static Api.Reply begin(Api by, String key) {
    return by.send(
        "POST",
        "/v2/tasks",
        "application/json",
        BodyPublishers.ofString(TASK),
        "Idempotency-Key",
        key);
  }

  @Test
  void refusesOneMoreUntilThereIsRoom() throws Exception {
    try (ApiInstallation busy = new ApiInstallation(SETTINGS)) {
      Api alice = busy.as("alice", "mars", "member");
      Api bob = busy.as("bob", "venus", "member");
      begin(alice, "one").is(201);
      begin(alice, "two").is(201);

      Api.Reply refused = begin(alice, "three");

      assertThat(refused.error(503)).contains("project mars has 2 tasks that are not over");
      assertThat(refused.header("Retry-After")).isNotEmpty();
      UUID image = alice.create("\"disk_format\": \"raw\", \"container_format\": \"bare\"");
      Api.Reply imported =
          alice.post(
              Api.image(image) + "/import",
              "{\"method\": {\"name\": \"web-download\", \"uri\": \"http://127.0.0.1/none\"}}");
      assertThat(imported.error(503)).contains("project mars has 2 tasks that are not over");
      assertThat(alice.status(image)).isEqualTo("queued");
      begin(alice, "two").is(201);
      begin(bob, "four").is(201);
      assertThat(alice.get("/v2/tasks").is(200).json().path("tasks")).hasSize(2);
    }
  }
}
