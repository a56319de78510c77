package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With an operator who shows locations; what a stricter one refuses stands at the end. */
class ImageLocationsTest extends ApiTest {

  private static final String URL = "http://images.example/one";
  private static final String OTHER = "http://images.example/two";

  private Api service;

  @Override
  ApiInstallation called() {
    return generous();
  }

  @BeforeEach
  void callService() {
    service = generous().as("nova", alice.project(), "service");
  }

  private static String locations(UUID image) {
    return Api.image(image) + "/locations";
  }

  private static String location(String url) {
    return "{\"url\": \"%s\", \"metadata\": {}}".formatted(url);
  }

  private static String operation(String op, String path, String value) {
    return "[{\"op\": \"%s\", \"path\": \"%s\", \"value\": %s}]".formatted(op, path, value);
  }

  private UUID located() {
    UUID id = alice.queued();
    alice.post(locations(id), location(URL)).is(202);
    return id;
  }

  @Test
  void registersDataThatLiesElsewhere() {
    UUID id = alice.queued();
    JsonNode accepted = alice.post(locations(id), location(URL)).is(202).json();
    assertThat(accepted.path("id").textValue()).isEqualTo(id.toString());
    JsonNode image = alice.show(id);
    assertThat(image.path("status").textValue()).isEqualTo("active");
    assertThat(image.path("locations").findValuesAsText("url")).containsExactly(URL);
    JsonNode listed = service.get(locations(id)).is(200).json();
    assertThat(listed.findValuesAsText("url")).containsExactly(URL);
  }

  @Test
  void takesTheFirstOneOfAQueuedImageOnly() {
    UUID id = located();
    alice.post(locations(id), location(OTHER)).error(409);
    alice.post(locations(alice.active(new byte[1])), location(OTHER)).error(409);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"url\": 1}",
        "{\"url\": \"\"}",
        "{\"url\": \"no url\"}",
        "{\"url\": \"file:///etc/passwd\"}",
        "{\"url\": \"ftp://x/y\"}",
        "{\"url\": \"http://user:secret@x/y\"}",
        "{\"url\": \"vitrine://local/a/b\"}",
        "{\"url\": \"http://x/y\", \"validation_data\": {\"os_hash_algo\": \"sha512\"}}"
      })
  void refusesWhatIsNoLocation(String body) {
    UUID id = alice.queued();
    alice.post(locations(id), body).error(400);
    assertThat(alice.status(id)).isEqualTo("queued");
  }

  @Test
  void letsOwnersAndServicesIn() {
    UUID id = alice.queued();
    bob.post(locations(id), location(URL)).error(404);
    rita.post(locations(id), location(URL)).error(403);
    alice.get(locations(id)).error(403);
    service.post(locations(id), location(URL)).is(202);
    service.get(locations(UUID.randomUUID())).error(404);
    Api elsewhere = generous().as("nova", "services", "service");
    elsewhere.get(locations(id)).error(404);
  }

  @Test
  void addsByPatch() {
    UUID id = alice.queued();
    alice.patch(id, operation("add", "/locations/-", location(URL))).is(200);
    assertThat(alice.status(id)).isEqualTo("active");
    JsonNode image =
        alice.patch(id, operation("add", "/locations/-", location(OTHER))).is(200).json();
    assertThat(image.path("locations").findValuesAsText("url")).containsExactly(URL, OTHER);
  }

  @Test
  void replacesByPatch() {
    UUID id = located();
    JsonNode image =
        root.patch(id, operation("replace", "/locations", "[%s]".formatted(location(OTHER))))
            .is(200)
            .json();
    assertThat(image.path("locations").findValuesAsText("url")).containsExactly(OTHER);
    root.patch(id, operation("replace", "/locations", "[]")).error(403);
  }

  @Test
  void removesByPatchButNotTheLast() {
    UUID id = located();
    alice.patch(id, operation("add", "/locations/-", location(OTHER))).is(200);
    alice.patch(id, operation("remove", "/locations/0", "null")).error(403);
    JsonNode image = root.patch(id, operation("remove", "/locations/0", "null")).is(200).json();
    assertThat(image.path("locations").findValuesAsText("url")).containsExactly(OTHER);
    root.patch(id, operation("remove", "/locations/0", "null")).error(403);
  }

  @ParameterizedTest
  @CsvSource({
    "add, /locations",
    "add, /locations/5",
    "add, /locations/x",
    "remove, /locations/5",
    "remove, /locations/-",
    "remove, /locations/-1",
    "replace, /locations/0",
    "add, /locations/-/url",
  })
  void refusesPathsThatLeadNowhere(String op, String path) {
    UUID id = located();
    root.patch(id, operation(op, path, location(OTHER))).error(400);
    assertThat(alice.show(id).path("locations").findValuesAsText("url")).containsExactly(URL);
  }

  @Test
  void removesFromAStore() {
    UUID id = alice.active(new byte[10]);
    alice.delete("/v2/stores/local/" + id).error(403);
    root.delete("/v2/stores/moon/" + id).error(409);
    root.delete("/v2/stores/local/" + id).error(403);
    root.patch(id, operation("add", "/locations/-", location(URL))).is(200);
    root.delete("/v2/stores/local/" + id).is(204);
    root.delete("/v2/stores/local/" + id).error(404);
    assertThat(alice.show(id).path("locations").findValuesAsText("url")).containsExactly(URL);
    root.delete("/v2/stores/local/" + UUID.randomUUID()).error(404);
    root.delete("/v2/stores/local/" + alice.queued()).error(409);
  }

  @Test
  void hidesThemWhereTheOperatorSaysNothingElse() {
    Api member = installation().as("m", alice.project(), "member");
    Api nova = installation().as("nova", alice.project(), "service");
    UUID id = member.queued();
    member.post(locations(id), location(URL)).error(403);
    nova.get(locations(id)).error(403);
    member.patch(id, operation("add", "/locations/-", location(URL))).error(403);
    assertThat(member.show(id).has("locations")).isFalse();
    assertThat(member.status(id)).isEqualTo("queued");
  }

  @Test
  void hasABoundForTheLocationsOfOnePatch() {
    UUID id = located();
    String most =
        IntStream.range(0, 101)
            .mapToObj(i -> location(URL + i))
            .collect(Collectors.joining(",", "[", "]"));
    assertThat(root.patch(id, operation("replace", "/locations", most)).error(400))
        .contains("101 locations");
    String operations =
        IntStream.range(0, 101)
            .mapToObj(
                i ->
                    "{\"op\": \"add\", \"path\": \"/locations/-\", \"value\": %s}"
                        .formatted(location(URL + i)))
            .collect(Collectors.joining(",", "[", "]"));
    assertThat(root.patch(id, operations).error(400)).contains("101 operations");
    assertThat(alice.show(id).path("locations")).hasSize(1);
    assertThat(alice.post(locations(alice.queued()), location(URL + "x".repeat(2048))).error(400))
        .contains("2048");
  }
}
