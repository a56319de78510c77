package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.image.ImageField;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties that are called like a field: no way in, and no harm by those that are there. */
class ForgedFieldsTest extends ApiTest {

  @Override
  ApiInstallation called() {
    return generous();
  }

  static Stream<String> names() {
    return Stream.concat(
        Arrays.stream(ImageField.values())
            .filter(field -> field.isBase() && !field.isForTasks())
            .map(ImageField::wireName),
        Stream.of("os_glance_import_task", "deleted", "deleted_at", "location"));
  }

  private void forge(UUID image, String name, String value) {
    called()
        .execute(
            "insert into image_properties (image_id, name, value) values ('%s', '%s', '%s')"
                .formatted(image, name, value));
  }

  private static String task(String type, String from, String properties) {
    return "{\"type\": \"%s\", \"input\": {%s, \"image_properties\": %s}}"
        .formatted(type, from, properties);
  }

  @ParameterizedTest
  @MethodSource("names")
  void refusesThemOnEveryWayIn(String name) {
    UUID image = alice.active(new byte[] {1});
    String forged = "{\"%s\": \"forged\"}".formatted(name);
    String from = "\"import_from\": \"http://x.invalid/\", \"import_from_format\": \"raw\"";
    assertThat(alice.post("/v2/tasks", task("import", from, forged)).error(400)).contains(name);
    assertThat(
            alice
                .post("/v2/tasks", task("clone", "\"image_id\": \"" + image + "\"", forged))
                .error(400))
        .contains(name);
    int created = alice.post("/v2/images", forged).status();
    assertThat(created).isBetween(400, 403);
    for (String op : new String[] {"add", "replace"}) {
      String patch =
          "[{\"op\": \"%s\", \"path\": \"/%s\", \"value\": \"forged\"}]".formatted(op, name);
      assertThat(alice.patch(image, patch).status()).isBetween(400, 403);
    }
  }

  /** An answer with a key twice would not be read by {@link Api.Reply#json}. */
  @ParameterizedTest
  @MethodSource("names")
  void showsTheFieldAndNotThePropertyThatStandsForIt(String name) {
    UUID image = alice.active(new byte[] {1});
    JsonNode before = alice.show(image);
    forge(image, name, "forged");
    assertThat(alice.show(image)).isEqualTo(before);
    assertThat(alice.get("/v2/images?id=" + image).is(200).json().path("images").get(0))
        .isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("names")
  void canBeRidOfThem(String name) {
    UUID image = alice.active(new byte[] {1});
    forge(image, name, "forged");
    String remove = "[{\"op\": \"remove\", \"path\": \"/%s\"}]".formatted(name);
    alice.patch(image, remove).is(200);
    assertThat(called().registry().lookup().find(image).orElseThrow().properties()).isEmpty();
    assertThat(alice.patch(image, remove).status()).isBetween(400, 403);
  }

  @Test
  void changesTagsClonesAndDeletesAnImageThatHasThem() throws Exception {
    UUID image = alice.create("\"tags\": [\"a,b\"], \"team\": \"blue\", " + Api.FORMATS);
    alice.upload(image, new byte[] {1, 2}).is(204);
    forge(image, "size", "7");
    forge(image, "created_at", "1999-01-01");
    forge(image, "kernel_id", "");
    alice.patch(image, "[{\"op\": \"replace\", \"path\": \"/name\", \"value\": \"new\"}]").is(200);
    alice.without("PUT", Api.image(image) + "/tags/c").is(204);
    JsonNode clone = cloneOf(image);
    assertThat(clone.path("status").textValue()).isEqualTo("active");
    assertThat(clone.path("size").intValue()).isEqualTo(2);
    assertThat(clone.path("team").textValue()).isEqualTo("blue");
    assertThat(clone.has("kernel_id")).isFalse();
    assertThat(clone.path("tags")).extracting(JsonNode::textValue).containsExactly("a,b", "c");
    alice.delete(Api.image(image)).is(204);
  }

  private JsonNode cloneOf(UUID image) throws InterruptedException {
    String body = "{\"type\": \"clone\", \"input\": {\"image_id\": \"%s\"}}".formatted(image);
    JsonNode begun = alice.post("/v2/tasks", body).is(201).json();
    String task = "/v2/tasks/" + begun.path("id").textValue();
    ApiInstallation.await(
        "the task is over",
        () -> !alice.get(task).is(200).json().path("status").textValue().matches("p.*ing"));
    JsonNode ended = alice.get(task).json();
    assertThat(ended.path("status").textValue()).as(ended.toString()).isEqualTo("success");
    return alice.show(UUID.fromString(ended.at("/result/image_id").textValue()));
  }

  @Test
  void replacesAValueThatTheSchemaForbids() {
    UUID image = alice.queued();
    forge(image, "kernel_id", "");
    forge(image, "cinder_encryption_key_deletion_policy", "perhaps");
    called().execute("update images set disk_format = 'floppy' where id = '" + image + "'");
    JsonNode shown = alice.show(image);
    assertThat(shown.has("kernel_id")).isFalse();
    assertThat(shown.path("disk_format").isNull()).isTrue();
    String kernel = UUID.randomUUID().toString();
    JsonNode mended =
        alice
            .patch(
                image,
                """
                [{"op": "add", "path": "/kernel_id", "value": "%s"},
                 {"op": "remove", "path": "/cinder_encryption_key_deletion_policy"},
                 {"op": "replace", "path": "/disk_format", "value": "raw"}]
                """
                    .formatted(kernel))
            .is(200)
            .json();
    assertThat(mended.path("kernel_id").textValue()).isEqualTo(kernel);
    assertThat(mended.path("disk_format").textValue()).isEqualTo("raw");
  }
}
