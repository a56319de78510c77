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

/** How a patch is written: media types, pointers, operations, and how many of them. */
class ImagePatchFormTest extends ApiTest {

  private Api.Reply draft(UUID id, String operations) {
    return alice.send(
        "PATCH", Api.image(id), ImagePatch.OLD_MEDIA_TYPE, BodyPublishers.ofString(operations));
  }

  @Test
  void takesAnEmptyPatch() {
    UUID id = alice.queued();
    JsonNode before = alice.show(id);
    assertThat(alice.patch(id, "[]").is(200).json()).isEqualTo(before);
  }

  @Test
  void readsEscapesInPointers() {
    UUID id = alice.create("\"a/b\": \"1\", \"c~d\": \"2\", \"~1\": \"3\"");
    JsonNode changed =
        alice
            .patch(
                id,
                """
                [{"op": "replace", "path": "/a~1b", "value": "x"},
                 {"op": "replace", "path": "/c~0d", "value": "y"},
                 {"op": "replace", "path": "/~01", "value": "z"}]
                """)
            .is(200)
            .json();
    assertThat(changed.path("a/b").textValue()).isEqualTo("x");
    assertThat(changed.path("c~d").textValue()).isEqualTo("y");
    assertThat(changed.path("~1").textValue()).isEqualTo("z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[1]",
        "[[]]",
        "[{}]",
        "[{\"op\": \"add\"}]",
        "[{\"op\": \"add\", \"path\": \"/a\"}]",
        "[{\"op\": \"replace\", \"path\": \"/name\"}]",
        "[{\"op\": \"move\", \"path\": \"/a\", \"from\": \"/b\"}]",
        "[{\"op\": \"copy\", \"path\": \"/a\", \"from\": \"/b\"}]",
        "[{\"op\": \"test\", \"path\": \"/a\", \"value\": \"1\"}]",
        "[{\"op\": \"ADD\", \"path\": \"/a\", \"value\": \"1\"}]",
        "[{\"op\": null, \"path\": \"/a\", \"value\": \"1\"}]",
        "[{\"path\": \"/a\", \"value\": \"1\"}]",
        "[{\"op\": \"add\", \"path\": 1, \"value\": \"1\"}]",
        "[{\"op\": \"add\", \"path\": \"\", \"value\": \"1\"}]",
        "[{\"op\": \"add\", \"path\": \"a\", \"value\": \"1\"}]",
        "[{\"op\": \"add\", \"path\": \"/\", \"value\": \"1\"}]",
        "[{\"op\": \"add\", \"path\": \"/a/\", \"value\": \"1\"}]",
        "[{\"op\": \"add\", \"path\": \"//a\", \"value\": \"1\"}]",
        "[{\"op\": \"add\", \"path\": \"/a/b\", \"value\": \"1\"}]",
        "[{\"op\": \"add\", \"path\": \"/tags/-\", \"value\": \"1\"}]",
        "[{\"op\": \"add\", \"path\": \"/a~2\", \"value\": \"1\"}]",
        "[{\"op\": \"add\", \"path\": \"/a~\", \"value\": \"1\"}]",
        "[{\"op\": \"add\", \"path\": \"/a\", \"value\": 1}]",
        "[{\"op\": \"add\", \"path\": \"/a\", \"value\": null}]",
        "[{\"op\": \"add\", \"path\": \"/a\", \"value\": {}}]",
        "[{\"op\": \"replace\", \"path\": \"/name\", \"value\": 1}]",
        "[{\"op\": \"replace\", \"path\": \"/visibility\", \"value\": \"secret\"}]",
        "[{\"op\": \"replace\", \"path\": \"/visibility\", \"value\": null}]",
        "[{\"op\": \"replace\", \"path\": \"/min_disk\", \"value\": -1}]",
        "[{\"op\": \"replace\", \"path\": \"/min_disk\", \"value\": \"1\"}]",
        "[{\"op\": \"replace\", \"path\": \"/protected\", \"value\": \"true\"}]",
        "[{\"op\": \"replace\", \"path\": \"/tags\", \"value\": \"a\"}]",
        "[{\"op\": \"replace\", \"path\": \"/tags\", \"value\": [1]}]",
        "[{\"op\": \"replace\", \"path\": \"/disk_format\", \"value\": \"floppy\"}]",
      })
  void refusesWhatIsNoPatch(String body) {
    UUID id = alice.create("\"a\": \"1\"");
    JsonNode before = alice.show(id);
    alice.patch(id, body).error(400);
    assertThat(alice.show(id)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json-patch+json",
        "application/octet-stream",
        "application/openstack-images-v2.2-json-patch",
        "text/plain"
      })
  void takesNoOtherMediaType(String mediaType) {
    UUID id = alice.queued();
    Api.Reply reply = alice.send("PATCH", Api.image(id), mediaType, BodyPublishers.ofString("[]"));
    assertThat(reply.error(415)).contains(mediaType);
    assertThat(reply.header("Accept-Patch"))
        .contains(ImagePatch.MEDIA_TYPE)
        .contains(ImagePatch.OLD_MEDIA_TYPE);
  }

  @Test
  void takesAMediaTypeWithParametersAndInCapitals() {
    UUID id = alice.queued();
    alice
        .send(
            "PATCH",
            Api.image(id),
            "Application/OpenStack-Images-V2.1-JSON-Patch; charset=utf-8",
            BodyPublishers.ofString("[]"))
        .is(200);
  }

  @Test
  void takesTheDraftsForm() {
    UUID id = alice.create("\"a\": \"1\", \"b\": \"2\"");
    JsonNode changed =
        draft(
                id,
                """
                [{"add": "/c", "value": "3"}, {"replace": "/a", "value": "x"}, {"remove": "/b"},
                 {"replace": "/name", "value": "n"}]
                """)
            .is(200)
            .json();
    assertThat(changed.path("a").textValue()).isEqualTo("x");
    assertThat(changed.has("b")).isFalse();
    assertThat(changed.path("c").textValue()).isEqualTo("3");
    assertThat(changed.path("name").textValue()).isEqualTo("n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{\"add\": \"/a\", \"value\": \"x\"}]                    | 409",
        "[{\"add\": \"/name\", \"value\": \"x\"}]                 | 409",
        "[{\"replace\": \"/missing\", \"value\": \"x\"}]          | 409",
        "[{\"remove\": \"/missing\"}]                             | 409",
        "[{\"add\": \"/b\"}]                                      | 400",
        "[{\"add\": \"/b\", \"remove\": \"/a\", \"value\": \"\"}] | 400",
        "[{\"op\": \"add\", \"path\": \"/b\", \"value\": \"x\"}]  | 400",
        "[{\"remove\": 1}]                                        | 400",
      })
  void isStricterInTheDraftsForm(String operations, int status) {
    UUID id = alice.create("\"a\": \"1\"");
    draft(id, operations).error(status);
  }

  @Test
  void hasABoundForTheOperationsOfOnePatch() {
    UUID id = alice.create("\"a\": \"1\"");
    String most =
        IntStream.range(0, 1000)
            .mapToObj("{\"op\": \"replace\", \"path\": \"/a\", \"value\": \"%d\"}"::formatted)
            .collect(Collectors.joining(",", "[", "]"));
    assertThat(alice.patch(id, most).is(200).json().path("a").textValue()).isEqualTo("999");
    String more = "[{\"op\": \"remove\", \"path\": \"/a\"}," + most.substring(1);
    assertThat(alice.patch(id, more).error(400)).contains("1001 operations");
    assertThat(alice.show(id).path("a").textValue()).isEqualTo("999");
  }

  /** A name is what it is, with its white space, as RFC 6901 has it. */
  @Test
  void changesPropertiesWithWhiteSpaceInTheirNames() {
    UUID id = alice.create("\" pad \": \"1\", \" \": \"2\"");
    JsonNode changed =
        alice
            .patch(
                id,
                """
                [{"op": "replace", "path": "/ pad ", "value": "x"},
                 {"op": "remove", "path": "/ "}]
                """)
            .is(200)
            .json();
    assertThat(changed.path(" pad ").textValue()).isEqualTo("x");
    assertThat(changed.has(" ")).isFalse();
    assertThat(changed.has("pad")).isFalse();
  }
}
