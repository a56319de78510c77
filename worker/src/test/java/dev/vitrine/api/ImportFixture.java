package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Stages and imports that a test begins, and what they must have left. */
abstract class ImportFixture extends UploadFixture {

  static final String DIRECT = "{\"method\": {\"name\": \"glance-direct\", \"uri\": \"\"}%s}";

  Api.Reply importInto(Api caller, UUID id, String body, String... headers) {
    return caller.send(
        "POST",
        Api.image(id) + "/import",
        "application/json",
        BodyPublishers.ofString(body),
        headers);
  }

  Api.Reply stage(UUID id, byte[] data, String... headers) {
    return alice.send(
        "PUT",
        Api.image(id) + "/stage",
        "application/octet-stream",
        BodyPublishers.ofByteArray(data),
        headers);
  }

  JsonNode task(Api.Reply reply) {
    String id = reply.header("x-vitrine-task-id");
    String image = reply.response().uri().getPath().replaceFirst("/(import|locations)$", "/tasks");
    return StreamSupport.stream(alice.get(image).is(200).json().path("tasks").spliterator(), false)
        .filter(each -> each.path("id").textValue().equals(id))
        .findFirst()
        .orElseThrow();
  }

  JsonNode finished(Api.Reply reply) throws InterruptedException {
    ApiInstallation.await(
        "the import is over", () -> !task(reply).path("status").textValue().matches("p.*ing"));
    return task(reply);
  }

  JsonNode succeeded(Api.Reply reply) throws InterruptedException {
    JsonNode task = finished(reply.is(202));
    assertThat(task.path("status").textValue()).as("%s", task).isEqualTo("success");
    return task;
  }

  void assertThatItHas(UUID id, byte[] data, String stores) throws Exception {
    JsonNode image = alice.show(id);
    assertThat(image.path("status").textValue()).isEqualTo("active");
    assertThat(image.path("stores").textValue()).isEqualTo(stores);
    assertThat(image.path("size").longValue()).isEqualTo(data.length);
    assertThat(image.path("checksum").textValue()).isEqualTo(digest("MD5", data));
    assertThat(image.path("os_hash_value").textValue()).isEqualTo(digest("SHA-512", data));
    assertThat(image.has("os_glance_importing_to_stores")).isFalse();
    assertThat(image.has("os_glance_failed_import")).isFalse();
    assertThat(alice.get(Api.image(id) + "/file").is(200).body()).isEqualTo(data);
    int wanted = stores.split(",").length;
    ApiInstallation.await(
        "nothing else is in the stores", () -> called().stored(id).size() == wanted);
    assertThat(called().registry().locations().of(id)).hasSize(wanted);
  }
}
