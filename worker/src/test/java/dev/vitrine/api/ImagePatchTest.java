package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImagePatchTest extends ApiTest {

  private static String operation(String op, String path, String value) {
    return "[{\"op\": \"%s\", \"path\": \"%s\", \"value\": %s}]".formatted(op, path, value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/name            | \"new\"",
        "/name            | null",
        "/disk_format     | \"iso\"",
        "/container_format| \"ova\"",
        "/min_disk        | 7",
        "/min_ram         | 0",
        "/visibility      | \"private\"",
        "/visibility      | \"community\"",
        "/protected       | true",
        "/os_hidden       | true",
        "/tags            | [\"x\",\"y\"]",
        "/tags            | []",
        "/os_distro       | \"debian\"",
      })
  void changesWhatAClientMayGive(String path, String value) {
    for (String op : new String[] {"replace", "add"}) {
      UUID id = alice.create("\"name\": \"old\", \"os_distro\": \"arch\", \"tags\": [\"a\"]");
      JsonNode changed = alice.patch(id, operation(op, path, value)).is(200).json();
      assertThat(changed.path(path.substring(1)).toString()).isEqualTo(value);
      assertThat(alice.show(id)).isEqualTo(changed);
    }
  }

  @Test
  void doesSeveralInTheirOrder() {
    UUID id = alice.create("\"a\": \"1\"");
    JsonNode changed =
        alice
            .patch(
                id,
                """
                [{"op": "remove", "path": "/a"},
                 {"op": "add", "path": "/a", "value": "2"},
                 {"op": "replace", "path": "/a", "value": "3"},
                 {"op": "add", "path": "/b", "value": ""},
                 {"op": "add", "path": "/c", "value": "x"},
                 {"op": "remove", "path": "/c"}]
                """)
            .is(200)
            .json();
    assertThat(changed.path("a").textValue()).isEqualTo("3");
    assertThat(changed.path("b").textValue()).isEmpty();
    assertThat(changed.has("c")).isFalse();
  }

  @Test
  void doesAllOrNothing() {
    UUID id = alice.create("\"name\": \"old\", \"a\": \"1\"");
    JsonNode before = alice.show(id);
    alice
        .patch(
            id,
            """
            [{"op": "replace", "path": "/name", "value": "new"},
             {"op": "remove", "path": "/a"},
             {"op": "remove", "path": "/missing"}]
            """)
        .error(409);
    assertThat(alice.show(id)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id",
        "created_at",
        "updated_at",
        "status",
        "checksum",
        "os_hash_algo",
        "os_hash_value",
        "size",
        "virtual_size",
        "direct_url",
        "self",
        "file",
        "schema",
        "stores",
        "deleted",
        "deleted_at",
        "location",
        "os_glance_importing_to_stores"
      })
  void refusesFieldsThatAreNotTheClients(String field) {
    UUID id = alice.queued();
    for (String op : new String[] {"add", "replace", "remove"}) {
      assertThat(alice.patch(id, operation(op, "/" + field, "\"x\"")).error(403)).contains(field);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name",
        "disk_format",
        "container_format",
        "min_disk",
        "min_ram",
        "visibility",
        "protected",
        "os_hidden",
        "owner",
        "tags"
      })
  void removesNoFieldThatEveryImageHas(String field) {
    UUID id = alice.queued();
    assertThat(
            alice
                .patch(id, "[{\"op\": \"remove\", \"path\": \"/%s\"}]".formatted(field))
                .error(403))
        .contains(field);
  }

  @Test
  void findsNothingToReplaceOrRemoveWhereNothingIs() {
    UUID id = alice.queued();
    alice.patch(id, operation("replace", "/missing", "\"x\"")).error(409);
    alice.patch(id, operation("remove", "/missing", "\"x\"")).error(409);
  }

  @ParameterizedTest
  @ValueSource(strings = {"disk_format", "container_format"})
  void keepsTheFormatOfDataThatIsThere(String field) {
    UUID id = alice.active(new byte[10]);
    String value = field.equals("disk_format") ? "\"iso\"" : "\"ova\"";
    assertThat(alice.patch(id, operation("replace", "/" + field, value)).error(403))
        .contains(field);
  }

  @Test
  void letsOnlyAdminsGiveAnImageAwayOrMakeItPublic() {
    UUID id = alice.queued();
    String away = operation("replace", "/owner", "\"" + bob.project() + "\"");
    alice.patch(id, away).error(403);
    alice.patch(id, operation("replace", "/visibility", "\"public\"")).error(403);
    root.patch(id, operation("replace", "/visibility", "\"public\"")).is(200);
    bob.show(id);
    root.patch(id, away).is(200);
    bob.patch(id, operation("replace", "/name", "\"mine\"")).is(200);
    alice.patch(id, operation("replace", "/name", "\"mine\"")).error(403);
    root.delete(Api.image(id)).is(204);
  }

  @Test
  void refusesMoreThanAnImageMayHave() {
    UUID id = alice.queued();
    String properties =
        IntStream.range(0, 129)
            .mapToObj("{\"op\": \"add\", \"path\": \"/p%d\", \"value\": \"x\"}"::formatted)
            .collect(Collectors.joining(",", "[", "]"));
    alice.patch(id, properties).error(413);
    String tags =
        IntStream.range(0, 129).mapToObj("\"t%d\""::formatted).collect(Collectors.joining(","));
    alice.patch(id, operation("replace", "/tags", "[" + tags + "]")).error(413);
    assertThat(alice.show(id).path("tags")).isEmpty();
  }

  @Test
  void movesTheTimeOfTheLastChange() {
    UUID id = alice.queued();
    JsonNode before = alice.show(id);
    JsonNode after = alice.patch(id, operation("add", "/a", "\"1\"")).is(200).json();
    assertThat(after.path("updated_at").textValue())
        .isGreaterThanOrEqualTo(before.path("updated_at").textValue());
    assertThat(after.path("created_at")).isEqualTo(before.path("created_at"));
  }

  @Test
  void changesAnImageAlsoWhenItIsDeactivated() {
    UUID id = alice.active(new byte[10]);
    root.without("POST", Api.image(id) + "/actions/deactivate").is(204);
    JsonNode changed = alice.patch(id, operation("replace", "/name", "\"new\"")).is(200).json();
    assertThat(changed.path("status").textValue()).isEqualTo("deactivated");
    assertThat(changed.path("name").textValue()).isEqualTo("new");
  }

  @Test
  void knowsNoOtherImage() {
    alice.patch(UUID.randomUUID(), "[]").error(404);
    alice
        .send("PATCH", "/v2/images/name", ImagePatch.MEDIA_TYPE, BodyPublishers.ofString("[]"))
        .error(404);
  }

  @Test
  void losesNothingWhenManyChangeItAtOnce() throws Exception {
    UUID id = alice.queued();
    Thread[] threads = new Thread[8];
    for (int i = 0; i < threads.length; i++) {
      String property = "/p" + i;
      threads[i] = new Thread(() -> alice.patch(id, operation("add", property, "\"x\"")).is(200));
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    JsonNode image = alice.show(id);
    for (int i = 0; i < threads.length; i++) {
      assertThat(image.path("p" + i).textValue()).isEqualTo("x");
    }
  }
}
