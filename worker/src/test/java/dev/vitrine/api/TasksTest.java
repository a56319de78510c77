package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.http.Wire;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With an operator who lets members use tasks; what a stricter one refuses stands at the end. */
class TasksTest extends ApiTest {

  @Override
  ApiInstallation called() {
    return generous();
  }

  /** The installation itself serves something that anybody may import. */
  private static String importOf(String path) {
    return """
    {"type": "import",
     "input": {"import_from": "%s%s", "import_from_format": "raw",
               "image_properties": {"name": "imported", "container_format": "bare",
                                    "disk_format": "raw", "os_distro": "debian"}}}
    """
        .formatted(generous().url(), path);
  }

  private static String task(UUID id) {
    return "/v2/tasks/" + id;
  }

  private static UUID id(JsonNode document) {
    return UUID.fromString(document.path("id").textValue());
  }

  private JsonNode finished(UUID id) throws InterruptedException {
    ApiInstallation.await(
        "the task is over",
        () -> !alice.get(task(id)).is(200).json().path("status").textValue().matches("p.*ing"));
    return alice.get(task(id)).json();
  }

  private UUID begin(String body) {
    return id(alice.post("/v2/tasks", body).is(201).json());
  }

  @Test
  void importsAnImage() throws Exception {
    Api.Reply reply = alice.post("/v2/tasks", importOf("/openapi.json")).is(201);
    JsonNode created = reply.json();
    UUID id = id(created);
    assertThat(reply.header("Location")).isEqualTo(alice.url() + task(id));
    assertThat(created.path("type").textValue()).isEqualTo("import");
    assertThat(created.path("owner").textValue()).isEqualTo(alice.project());
    // It may be over by the time that it is looked at first.
    assertThat(created.path("expires_at").isNull())
        .isEqualTo(created.path("status").textValue().matches("p.*ing"));

    JsonNode task = finished(id);
    assertThat(task.path("status").textValue()).isEqualTo("success");
    assertThat(task.path("message").textValue()).isEmpty();
    assertThat(task.path("expires_at").isNull()).isFalse();
    UUID image = UUID.fromString(task.at("/result/image_id").textValue());
    JsonNode imported = alice.show(image);
    assertThat(imported.path("status").textValue()).isEqualTo("active");
    assertThat(imported.path("name").textValue()).isEqualTo("imported");
    assertThat(imported.path("os_distro").textValue()).isEqualTo("debian");
    assertThat(alice.get(Api.image(image) + "/file").is(200).body())
        .isEqualTo(alice.get("/openapi.json").body());
    JsonNode tasks = alice.get(Api.image(image) + "/tasks").is(200).json().path("tasks");
    assertThat(tasks).hasSize(1);
    assertThat(tasks.get(0)).isEqualTo(task);
  }

  @Test
  void retriesWhatFailedAndNothingElse() throws Exception {
    UUID failed = id(finished(begin(importOf("/v2/images"))));

    JsonNode again = alice.post(task(failed) + "/retry", "").is(201).json();

    assertThat(id(again)).isNotEqualTo(failed);
    assertThat(again.path("retry_of").textValue()).isEqualTo(failed.toString());
    assertThat(again.path("input")).isEqualTo(alice.get(task(failed)).json().path("input"));
    assertThat(alice.get(task(failed)).json().path("retry_of").isNull()).isTrue();
    assertThat(finished(id(again)).path("status").textValue()).isEqualTo("failure");
    UUID done = id(finished(begin(importOf("/openapi.json"))));
    assertThat(alice.post(task(done) + "/retry", "").error(409))
        .contains("only a task that failed");
    bob.post(task(failed) + "/retry", "").error(404);
    alice.post(task(UUID.randomUUID()) + "/retry", "").error(404);
  }

  /** The reference says "Task failed due to Internal Error" whatever it was: G11. */
  @Test
  void saysWhyItFailed() throws Exception {
    JsonNode task = finished(begin(importOf("/v2/images")));
    assertThat(task.path("status").textValue()).isEqualTo("failure");
    assertThat(task.path("message").textValue()).contains("401");
    assertThat(task.path("result").isNull()).isTrue();
  }

  @Test
  void clonesAnImage() throws Exception {
    UUID image = alice.active(new byte[] {1, 2, 3});
    UUID task = begin("{\"type\": \"clone\", \"input\": {\"image_id\": \"%s\"}}".formatted(image));
    UUID clone = UUID.fromString(finished(task).at("/result/image_id").textValue());
    assertThat(clone).isNotEqualTo(image);
    assertThat(alice.get(Api.image(clone) + "/file").is(200).body()).containsExactly(1, 2, 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"type\": \"import\"}",
        "{\"type\": \"import\", \"input\": null}",
        "{\"type\": \"import\", \"input\": {}}",
        "{\"type\": \"import\", \"input\": {\"import_from\": 1, \"import_from_format\": \"raw\"}}",
        "{\"type\": \"import\", \"input\": {\"import_from\": \"file:///etc/passwd\","
            + " \"import_from_format\": \"raw\", \"image_properties\": {}}}",
        "{\"type\": \"import\", \"input\": {\"import_from\": \"http://x/\","
            + " \"import_from_format\": \"raw\", \"image_properties\": [], \"more\": 1}}",
        "{\"type\": \"import\", \"input\": {\"import_from\": \"http://x/\","
            + " \"import_from_format\": \"raw\", \"image_properties\": []}}",
        "{\"type\": \"convert\", \"input\": {}}",
        "{\"type\": \"api_image_import\", \"input\": {}}",
        "{\"type\": 1, \"input\": {}}",
        "{\"type\": \"clone\", \"input\": {\"image_id\": \"x\"}}",
        "{\"type\": \"export\", \"input\": {\"image_id\":"
            + " \"5a0b2c1e-0000-4000-8000-000000000000\"}}",
      })
  void refusesWhatIsNoTask(String body) {
    assertThat(alice.post("/v2/tasks", body).error(400)).isNotBlank();
  }

  @Test
  void listsTasksInPages() throws Exception {
    for (int i = 0; i < 3; i++) {
      finished(begin(importOf("/v2/images")));
    }
    JsonNode page = alice.get("/v2/tasks?limit=2&sort_key=id&sort_dir=asc").is(200).json();
    assertThat(page.path("tasks")).hasSize(2);
    assertThat(page.path("schema").textValue()).isEqualTo("/v2/schemas/tasks");
    JsonNode rest = alice.get(page.path("next").textValue()).is(200).json();
    assertThat(rest.path("tasks")).hasSize(1);
    assertThat(rest.has("next")).isFalse();
    assertThat(alice.get("/v2/tasks?status=failure&type=import").json().path("tasks")).hasSize(3);
    assertThat(alice.get("/v2/tasks?status=success").json().path("tasks")).isEmpty();
    assertThat(alice.get("/v2/tasks?type=clone").json().path("tasks")).isEmpty();
    assertThat(bob.get("/v2/tasks").is(200).json().path("tasks")).isEmpty();
  }

  @Test
  void showsNothingToWhoeverHasNoRole() throws Exception {
    UUID id = begin(importOf("/openapi.json"));
    Api nobody = called().as("nobody", alice.project(), "other");
    nobody.get("/v2/tasks").error(403);
    nobody.get(task(id)).error(403);
    finished(id);
  }

  /** What somebody imports, clones or exports of a public image is nobody else's business. */
  @Test
  void showsOfAnImageOnlyTheTasksThatMayBeSeen() throws Exception {
    UUID image = root.create(Api.FORMATS + ", \"visibility\": \"public\"");
    root.upload(image, new byte[10]).is(204);
    String clone = "{\"type\": \"clone\", \"input\": {\"image_id\": \"%s\"}}".formatted(image);
    UUID copy = UUID.fromString(finished(begin(clone)).at("/result/image_id").textValue());
    root.patch(copy, "[{\"op\": \"replace\", \"path\": \"/visibility\", \"value\": \"public\"}]")
        .is(200);

    assertThat(alice.get(Api.image(copy) + "/tasks").is(200).json().path("tasks")).hasSize(1);
    assertThat(rita.get(Api.image(copy) + "/tasks").is(200).json().path("tasks")).hasSize(1);
    assertThat(root.get(Api.image(copy) + "/tasks").is(200).json().path("tasks")).hasSize(1);
    assertThat(bob.get(Api.image(copy) + "/tasks").is(200).json().path("tasks")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=-1", "limit=x", "marker=x", "marker=5a0b2c1e-0000-4000-8000-000000000000",
        "status=oops", "type=oops", "sort_key=oops", "sort_dir=oops"
      })
  void refusesAListThatMakesNoSense(String query) {
    alice.get("/v2/tasks?" + query).error(400);
  }

  @Test
  void knowsNoOtherTask() throws Exception {
    alice.get(task(UUID.randomUUID())).error(404);
    alice.get("/v2/tasks/name").error(404);
    UUID id = begin(importOf("/openapi.json"));
    bob.get(task(id)).error(404);
    bob.delete(task(id)).error(404);
    root.get(task(id)).is(200);
    finished(id);
  }

  @Test
  void createsNothingTwiceUnderOneKey() throws Exception {
    String key = UUID.randomUUID().toString();
    Api.Reply first =
        alice.send(
            "POST",
            "/v2/tasks",
            "application/json",
            BodyPublishers.ofString(importOf("/openapi.json")),
            "Idempotency-Key",
            key);
    UUID id = id(first.is(201).json());
    finished(id);
    Api.Reply second =
        alice.send(
            "POST",
            "/v2/tasks",
            "application/json",
            BodyPublishers.ofString(importOf("/openapi.json")),
            "Idempotency-Key",
            key);
    assertThat(id(second.is(201).json())).isEqualTo(id);
    Api.Reply other =
        alice.send(
            "POST",
            "/v2/tasks",
            "application/json",
            BodyPublishers.ofString(importOf("/versions")),
            "Idempotency-Key",
            key);
    other.error(422);
    assertThat(alice.get("/v2/tasks").json().path("tasks")).hasSize(1);
  }

  @Test
  void leavesATaskThatIsOverAsItIs() throws Exception {
    UUID id = begin(importOf("/openapi.json"));
    JsonNode task = finished(id);
    alice.delete(task(id)).is(204);
    assertThat(alice.get(task(id)).is(200).json()).isEqualTo(task);
    rita.delete(task(id)).error(403);
  }

  @Test
  void saysHowFarATaskIs() throws Exception {
    UUID id = begin(importOf("/openapi.json"));
    finished(id);
    JsonNode progress = alice.get(task(id) + "/progress").is(200).json();
    assertThat(progress.path("status").textValue()).isEqualTo("success");
    Api.Reply events = alice.get(task(id) + "/progress", "Accept", "text/event-stream").is(200);
    assertThat(events.header("Content-Type")).isEqualTo("text/event-stream");
    assertThat(events.body()).asString().matches("data: \\{.*\"status\":\"success\".*}\n\n");
    bob.get(task(id) + "/progress").error(404);
  }

  @Test
  @Timeout(60)
  void tellsATaskFromAnImageOfTheSameId() throws Exception {
    UUID id = begin(importOf("/openapi.json"));
    finished(id);
    bob.post(
            "/v2/images",
            """
            {"id": "%s", "disk_format": "raw", "container_format": "bare"}
            """
                .formatted(id))
        .is(201);
    try (Wire upload = bob.beginUpload(id, "Content-Length: 1000", new byte[10])) {
      ApiInstallation.await("it has begun", () -> bob.status(id).equals("saving"));
      assertThat(bob.get(Api.image(id) + "/history").is(200).json().path("history"))
          .extracting(entry -> entry.path("to").textValue())
          .containsExactly("queued", "saving");
      try (Wire watching =
          bob.connect("GET", Api.image(id) + "/progress", "Accept: text/event-stream")) {
        assertThat(watching.replyWithoutBody().status()).isEqualTo(200);
        Api.Reply events = alice.get(task(id) + "/progress", "Accept", "text/event-stream");
        assertThat(events.body()).asString().matches("data: \\{.*\"status\":\"success\".*}\n\n");
      }
      assertThat(upload.send(new byte[990]).reply().status()).isEqualTo(204);
    }
  }

  @Test
  void isForAdminsWhereTheOperatorSaysNothingElse() {
    ApiInstallation strict = installation();
    Api member = strict.as("m", alice.project(), "member");
    Api admin = strict.as("r", "ops", "admin");
    member.get("/v2/tasks").error(403);
    member.get(task(UUID.randomUUID())).error(403);
    member.post("/v2/tasks", importOf("/versions")).error(403);
    admin.get("/v2/tasks").is(200);
    Api.Reply reply =
        admin.send("DELETE", task(UUID.randomUUID()), null, BodyPublishers.noBody()).is(405);
    assertThat(reply.header("Allow")).isEqualTo("GET");
  }

  @ParameterizedTest
  @CsvSource({"PUT", "PATCH"})
  void canNotBeChanged(String method) {
    alice.send(method, "/v2/tasks", null, BodyPublishers.noBody()).is(405);
  }
}
