package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Creation, show and deletion. */
class ImagesTest extends ApiTest {

  @Test
  void createsAnImageThatWaitsForItsData() {
    Api.Reply reply = alice.post("/v2/images", "{}").is(201);
    JsonNode image = reply.json();
    String id = image.path("id").textValue();
    assertThat(UUID.fromString(id).version()).isEqualTo(4);
    assertThat(reply.header("Location")).isEqualTo(alice.url() + "/v2/images/" + id);
    assertThat(reply.header("OpenStack-image-store-ids")).isEqualTo("local");
    assertThat(image.path("status").textValue()).isEqualTo("queued");
    assertThat(image.path("visibility").textValue()).isEqualTo("shared");
    assertThat(image.path("owner").textValue()).isEqualTo(alice.project());
    assertThat(image.path("protected").booleanValue()).isFalse();
    assertThat(image.path("os_hidden").booleanValue()).isFalse();
    assertThat(image.path("min_disk").intValue()).isZero();
    assertThat(image.path("min_ram").intValue()).isZero();
    assertThat(image.path("tags")).isEmpty();
    assertThat(image.path("self").textValue()).isEqualTo("/v2/images/" + id);
    assertThat(image.path("file").textValue()).isEqualTo("/v2/images/" + id + "/file");
    assertThat(image.path("schema").textValue()).isEqualTo("/v2/schemas/image");
    for (String unknown :
        List.of(
            "name",
            "checksum",
            "os_hash_algo",
            "os_hash_value",
            "size",
            "virtual_size",
            "disk_format",
            "container_format")) {
      assertThat(image.has(unknown)).as(unknown).isTrue();
      assertThat(image.path(unknown).isNull()).as(unknown).isTrue();
    }
    assertThat(image.has("stores")).isFalse();
    assertThat(image.has("locations")).isFalse();
    assertThat(alice.show(UUID.fromString(id))).isEqualTo(image);
  }

  @Test
  void takesEveryFieldThatAClientMayGive() {
    UUID id = UUID.randomUUID();
    String body =
        """
        {"id": "%s", "name": "disk ä😀", "disk_format": "qcow2", "container_format": "bare",
         "min_disk": 10, "min_ram": 2147483647, "visibility": "private", "protected": true,
         "os_hidden": true, "owner": "%s", "tags": ["b", "a", "b"], "os_distro": "debian",
         "owner_specified.openstack.md5": "", "a/b~c": "x", "kernel_id": "%s"}
        """
            .formatted(id, alice.project(), UUID.randomUUID());
    JsonNode image = alice.post("/v2/images", body).is(201).json();
    assertThat(image.path("id").textValue()).isEqualTo(id.toString());
    assertThat(image.path("name").textValue()).isEqualTo("disk ä😀");
    assertThat(image.path("disk_format").textValue()).isEqualTo("qcow2");
    assertThat(image.path("container_format").textValue()).isEqualTo("bare");
    assertThat(image.path("min_disk").intValue()).isEqualTo(10);
    assertThat(image.path("min_ram").intValue()).isEqualTo(2147483647);
    assertThat(image.path("visibility").textValue()).isEqualTo("private");
    assertThat(image.path("protected").booleanValue()).isTrue();
    assertThat(image.path("os_hidden").booleanValue()).isTrue();
    assertThat(image.path("tags"))
        .extracting(JsonNode::textValue)
        .containsExactlyInAnyOrder("a", "b");
    assertThat(image.path("os_distro").textValue()).isEqualTo("debian");
    assertThat(image.path("owner_specified.openstack.md5").textValue()).isEmpty();
    assertThat(image.path("a/b~c").textValue()).isEqualTo("x");
  }

  @Test
  void takesNullWhereNothingIsKnown() {
    alice
        .post(
            "/v2/images",
            "{\"name\": null, \"disk_format\": null, \"container_format\": null, \"owner\": null}")
        .is(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "\"x\"",
        "null",
        "{",
        "{\"name\": 1}",
        "{\"name\": {}}",
        "{\"id\": \"no-uuid\"}",
        "{\"id\": 1}",
        "{\"id\": null}",
        "{\"disk_format\": \"floppy\"}",
        "{\"disk_format\": 1}",
        "{\"container_format\": \"bag\"}",
        "{\"min_disk\": -1}",
        "{\"min_disk\": \"1\"}",
        "{\"min_disk\": 1.5}",
        "{\"min_disk\": 2147483648}",
        "{\"min_ram\": null}",
        "{\"min_ram\": 1e999}",
        "{\"visibility\": \"secret\"}",
        "{\"visibility\": null}",
        "{\"protected\": \"yes\"}",
        "{\"os_hidden\": 1}",
        "{\"tags\": \"a\"}",
        "{\"tags\": [1]}",
        "{\"tags\": [null]}",
        "{\"tags\": null}",
        "{\"owner\": 1}",
        "{\"os_distro\": 1}",
        "{\"os_distro\": null}",
        "{\"os_distro\": [\"a\"]}",
        "{\"a\": \"\\u0000\"}",
        "{\"name\": \"\\ud800\"}",
        "{\"name\": \"a\", \"name\": \"b\"}",
      })
  void refusesWhatIsNoImage(String body) {
    assertThat(alice.post("/v2/images", body).error(400)).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "owner"})
  void refusesLongTexts(String field) {
    Api.Reply reply = root.post("/v2/images", "{\"%s\": \"%s\"}".formatted(field, "x".repeat(256)));
    assertThat(reply.error(400)).contains(field);
  }

  @Test
  void refusesLongNamesOfPropertiesAndTags() {
    alice.post("/v2/images", "{\"%s\": \"x\"}".formatted("p".repeat(256))).error(400);
    alice.post("/v2/images", "{\"tags\": [\"%s\"]}".formatted("t".repeat(256))).error(400);
    alice.create("\"%s\": \"x\", \"tags\": [\"%s\"]".formatted("p".repeat(255), "t".repeat(255)));
  }

  @Test
  void refusesMoreThanAnImageMayHave() {
    String properties =
        IntStream.range(0, 129)
            .mapToObj("\"p%d\": \"x\""::formatted)
            .collect(Collectors.joining(", ", "{", "}"));
    alice.post("/v2/images", properties).error(413);
    String tags =
        IntStream.range(0, 129)
            .mapToObj("\"t%d\""::formatted)
            .collect(Collectors.joining(", ", "{\"tags\": [", "]}"));
    alice.post("/v2/images", tags).error(413);
  }

  @Test
  void refusesABodyThatIsTooLarge() {
    alice.post("/v2/images", "{\"a\": \"%s\"}".formatted("x".repeat(2 << 20))).error(413);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "created_at",
        "updated_at",
        "status",
        "checksum",
        "size",
        "virtual_size",
        "direct_url",
        "self",
        "file",
        "schema",
        "stores",
        "os_hash_algo",
        "os_hash_value",
        "deleted",
        "deleted_at",
        "location",
        "os_glance_import_task",
        "os_glance_x"
      })
  void refusesFieldsThatAreNotTheClients(String field) {
    assertThat(alice.post("/v2/images", "{\"%s\": \"x\"}".formatted(field)).error(403))
        .contains(field);
  }

  @Test
  void refusesAnIdThatIsTaken() {
    UUID id = alice.queued();
    String again = "{\"id\": \"%s\"}".formatted(id);
    assertThat(alice.post("/v2/images", again).error(409)).contains(id.toString());
    assertThat(bob.post("/v2/images", again).error(409)).contains(id.toString());
    alice.delete(Api.image(id)).is(204);
    // Nor is that of a deleted image to be had: OSSN-0075.
    alice.post("/v2/images", again).error(409);
  }

  @Test
  void createsNothingTwiceUnderOneKey() {
    String key = UUID.randomUUID().toString();
    String body = "{\"name\": \"once\"}";
    JsonNode first = createUnder(alice, key, body).is(201).json();
    assertThat(createUnder(alice, key, body).is(201).json()).isEqualTo(first);
    assertThat(createUnder(alice, key, "{\"name\": \"other\"}").error(422)).contains(key);
    assertThat(createUnder(bob, key, body).is(201).json().path("id"))
        .isNotEqualTo(first.path("id"));
    createUnder(alice, "k".repeat(256), body).error(400);
    assertThat(alice.get("/v2/images?name=once").json().path("images")).hasSize(1);
  }

  private static Api.Reply createUnder(Api by, String key, String body) {
    return by.send(
        "POST",
        "/v2/images",
        "application/json",
        BodyPublishers.ofString(body),
        "Idempotency-Key",
        key);
  }

  @Test
  void letsOnlyAdminsMakeImagesPublicOrForOthers() {
    alice.post("/v2/images", "{\"visibility\": \"public\"}").error(403);
    alice.post("/v2/images", "{\"owner\": \"%s\"}".formatted(bob.project())).error(403);
    alice.post("/v2/images", "{\"visibility\": \"community\"}").is(201);
    JsonNode given =
        root.post(
                "/v2/images",
                "{\"owner\": \"%s\", \"visibility\": \"public\"}".formatted(bob.project()))
            .is(201)
            .json();
    assertThat(given.path("owner").textValue()).isEqualTo(bob.project());
    bob.show(UUID.fromString(given.path("id").textValue()));
    root.delete(given.path("self").textValue()).is(204);
  }

  @Test
  void letsNoReaderCreateChangeOrDelete() {
    rita.post("/v2/images", "{}").error(403);
    UUID id = alice.queued();
    rita.show(id);
    rita.patch(id, "[{\"op\": \"replace\", \"path\": \"/name\", \"value\": \"x\"}]").error(403);
    rita.delete(Api.image(id)).error(403);
    rita.upload(id, new byte[1]).error(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing",
        "two%20words",
        "100%25",
        "a%2Fb",
        "ä",
        "x;y",
        "%5c",
        "a+b",
        "5a0b2c1e",
        "..x"
      })
  void knowsNoImageByItsName(String name) {
    alice.get("/v2/images/" + name.replace("ä", "%C3%A4")).error(404);
  }

  @Test
  void knowsNoImageThatIsNotThereOrNotToBeSeen() {
    alice.get(Api.image(UUID.randomUUID())).error(404);
    UUID id = alice.queued();
    assertThat(bob.get(Api.image(id)).error(404)).contains(id.toString());
    bob.patch(id, "[{\"op\": \"replace\", \"path\": \"/name\", \"value\": \"x\"}]").error(404);
    bob.delete(Api.image(id)).error(404);
    bob.upload(id, new byte[1]).error(404);
    root.show(id);
  }

  @Test
  void showsOthersWhatIsForAllOfThem() {
    UUID community = alice.create("\"visibility\": \"community\"");
    bob.show(community);
    bob.delete(Api.image(community)).error(403);
    bob.patch(community, "[{\"op\": \"replace\", \"path\": \"/name\", \"value\": \"x\"}]")
        .error(403);
    bob.upload(community, new byte[1]).error(403);
    UUID mine = alice.create("\"visibility\": \"private\"");
    bob.get(Api.image(mine)).error(404);
  }

  @Test
  void deletesOnce() {
    UUID id = alice.queued();
    Api.Reply reply = alice.delete(Api.image(id)).is(204);
    assertThat(reply.body()).isEmpty();
    assertThat(alice.delete(Api.image(id)).error(404)).contains(id.toString());
    alice.get(Api.image(id)).error(404);
    root.get(Api.image(id)).error(404);
    alice.get(Api.image(id) + "/file").error(404);
    alice.upload(id, new byte[1]).error(404);
    alice.patch(id, "[]").error(404);
  }

  @Test
  void deletesDataWithItsImage() throws Exception {
    UUID id = alice.active(new byte[1000]);
    assertThat(installation().stored(id)).isNotEmpty();
    alice.delete(Api.image(id)).is(204);
    ApiInstallation.await("the data is gone", () -> installation().stored(id).isEmpty());
  }

  /** The reference forgets a deactivated image's data, or refuses, by who deletes: G6, G7. */
  @Test
  void deletesTheDataOfADeactivatedImageToo() throws Exception {
    for (Api by : List.of(alice, root)) {
      UUID id = alice.active(new byte[1000]);
      root.without("POST", Api.image(id) + "/actions/deactivate").is(204);
      by.delete(Api.image(id)).is(204);
      ApiInstallation.await("the data is gone", () -> installation().stored(id).isEmpty());
    }
  }

  @Test
  void keepsAProtectedImage() {
    UUID id = alice.create("\"protected\": true");
    assertThat(alice.delete(Api.image(id)).error(403)).contains("protected");
    root.delete(Api.image(id)).error(403);
    alice.patch(id, "[{\"op\": \"replace\", \"path\": \"/protected\", \"value\": false}]").is(200);
    alice.delete(Api.image(id)).is(204);
  }

  @Test
  void takesADeletionAsClientsSendIt() {
    UUID id = alice.queued();
    alice.without("DELETE", Api.image(id)).is(204);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /v2/images, 'GET, POST'",
    "POST, /v2/images/x, 'DELETE, GET, PATCH'",
    "DELETE, /v2/images/x/file, 'GET, PUT'",
    "GET, /v2/images/x/actions/deactivate, POST",
    "GET, /v2/images/x/tags/y, 'DELETE, PUT'",
  })
  void saysWhatElseIsPossible(String method, String path, String allowed) {
    Api.Reply reply = alice.send(method, path, null, BodyPublishers.noBody()).is(405);
    assertThat(reply.header("Allow")).isEqualTo(allowed);
  }

  @Test
  void keepsWhatNobodyChanges() {
    UUID id = alice.create("\"name\": \"same\", \"a\": \"1\"");
    JsonNode before = alice.show(id);
    alice.post("/v2/images", "{\"id\": \"%s\", \"name\": \"other\"}".formatted(id)).error(409);
    alice.patch(id, "[{\"op\": \"replace\", \"path\": \"/min_disk\", \"value\": -1}]").error(400);
    assertThat(alice.show(id)).isEqualTo(before);
  }

  /** Whoever asks, whatever of it: also who might not do it if the image were there. */
  @Test
  void findsNothingOfADeletedImage() {
    UUID id = alice.create(Api.FORMATS + ", \"visibility\": \"community\"");
    alice.upload(id, new byte[10]).is(204);
    alice.delete(Api.image(id)).is(204);
    Api service = called().as("nova", alice.project(), "service");
    for (Api by : List.of(alice, rita, bob, root, service)) {
      for (String part :
          List.of("", "/file", "/members", "/members/x", "/history", "/progress", "/tasks")) {
        by.get(Api.image(id) + part).error(404);
      }
      by.delete(Api.image(id)).error(404);
      by.upload(id, new byte[1]).error(404);
      by.without("PUT", Api.image(id) + "/tags/x").error(404);
      by.delete(Api.image(id) + "/tags/x").error(404);
      by.delete(Api.image(id) + "/members/x").error(404);
      by.post(Api.image(id) + "/members", "{\"member\": \"x\"}").error(404);
      by.without("POST", Api.image(id) + "/actions/deactivate").error(404);
      by.without("POST", Api.image(id) + "/actions/reactivate").error(404);
      by.patch(id, "[{\"op\": \"add\", \"path\": \"/a\", \"value\": \"b\"}]").error(404);
    }
  }
}
