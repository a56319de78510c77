package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageTagsTest extends ApiTest {

  private static String tag(UUID image, String tag) {
    return Api.image(image) + "/tags/" + tag;
  }

  private List<String> tags(UUID image) {
    List<String> tags = new ArrayList<>();
    alice.show(image).path("tags").forEach(tag -> tags.add(tag.textValue()));
    return tags;
  }

  @Test
  void addsATagOnce() {
    UUID id = alice.queued();
    assertThat(alice.without("PUT", tag(id, "a")).is(204).body()).isEmpty();
    alice.without("PUT", tag(id, "a")).is(204);
    assertThat(tags(id)).containsExactly("a");
  }

  @ParameterizedTest
  @CsvSource({
    "two%20words, two words",
    "%C3%A4, ä",
    "a;b, a;b",
    "100%25, 100%",
    "a+b, a+b",
  })
  void takesATagAsItIs(String escaped, String tag) {
    UUID id = alice.queued();
    alice.without("PUT", tag(id, escaped)).is(204);
    assertThat(tags(id)).containsExactly(tag);
    alice.delete(tag(id, escaped)).is(204);
    assertThat(tags(id)).isEmpty();
  }

  /** HTTP libraries take the segment away, and what is left is no path of an image. */
  @ParameterizedTest
  @ValueSource(
      strings = {"tags/..", "members/..", "tags/.", "tags/%2e%2e", "tags/", "", "tags/a/.."})
  void takesNoPathThatEndsInADotSegmentForTheImage(String path) {
    UUID id = alice.create("\"tags\": [\"a\"]");
    alice.delete(Api.image(id) + "/" + path).error(404);
    assertThat(tags(id)).containsExactly("a");
    alice.get(Api.image(id) + "/").error(404);
    alice.get("/v2/images/").error(404);
    alice.delete("/v2/images/").error(404);
  }

  @ParameterizedTest
  @CsvSource({
    "%252e%252e, %2e%2e",
    "a%2Fb, a/b",
    "a%5Cb, a\\b",
    "a%3Fb, a?b",
    "a%23b, a#b",
    "a%2541, a%41",
  })
  void refusesATagThatAClientCouldNotRemove(String escaped, String tag) {
    UUID id = alice.queued();
    assertThat(alice.without("PUT", tag(id, escaped)).error(400)).contains("tag '" + tag + "'");
    String tags = "\"tags\": [\"%s\"]".formatted(tag.replace("\\", "\\\\"));
    assertThat(alice.post("/v2/images", "{" + tags + "}").error(400)).contains("'" + tag + "'");
    String change = "[{\"op\": \"replace\", \"path\": \"/tags\", \"value\": [\"..\"]}]";
    assertThat(alice.patch(id, change).error(400)).contains("tag '..'");
  }

  @Test
  void refusesATagThatIsTooLong() {
    UUID id = alice.queued();
    alice.without("PUT", tag(id, "a".repeat(255))).is(204);
    alice.without("PUT", tag(id, "a".repeat(256))).error(400);
  }

  @Test
  void removesATagOnce() {
    UUID id = alice.create("\"tags\": [\"a\", \"b\"]");
    assertThat(alice.delete(tag(id, "a")).is(204).body()).isEmpty();
    assertThat(tags(id)).containsExactly("b");
    assertThat(alice.delete(tag(id, "a")).error(404)).contains("'a'");
  }

  @Test
  void refusesMoreThanAnImageMayHave() {
    String tags =
        IntStream.range(0, 128).mapToObj("\"t%d\""::formatted).collect(Collectors.joining(","));
    UUID id = alice.create("\"tags\": [" + tags + "]");
    alice.without("PUT", tag(id, "one-more")).error(413);
    alice.without("PUT", tag(id, "t0")).is(204);
  }

  @Test
  void letsOnlyTheOwnerTag() {
    UUID id = alice.create("\"visibility\": \"community\", \"tags\": [\"a\"]");
    bob.without("PUT", tag(id, "x")).error(403);
    bob.delete(tag(id, "a")).error(403);
    rita.without("PUT", tag(id, "x")).error(403);
    UUID hidden = alice.create("\"visibility\": \"private\"");
    bob.without("PUT", tag(hidden, "x")).error(404);
    alice.without("PUT", tag(UUID.randomUUID(), "x")).error(404);
    JsonNode image = alice.show(id);
    assertThat(image.path("tags")).hasSize(1);
  }
}
