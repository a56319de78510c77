package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.http.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDownloadTest extends ApiTest {

  private static final byte[] NINE = "123456789".getBytes(StandardCharsets.UTF_8);

  private static String file(UUID image) {
    return Api.image(image) + "/file";
  }

  @Test
  void givesBackWhatWasUploaded() throws Exception {
    byte[] data = new byte[700_000];
    new Random(4).nextBytes(data);
    UUID id = alice.active(data);
    Api.Reply reply = alice.get(file(id)).is(200);
    assertThat(reply.body()).isEqualTo(data);
    assertThat(reply.header("Content-Type")).isEqualTo("application/octet-stream");
    assertThat(reply.header("Content-Length")).isEqualTo("700000");
    assertThat(reply.header("Content-MD5"))
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(data)))
        .isEqualTo(alice.show(id).path("checksum").textValue());
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-3, 1234, bytes 0-3/9",
    "bytes=-2, 89, bytes 7-8/9",
    "bytes=4-, 56789, bytes 4-8/9",
    "bytes=8-8, 9, bytes 8-8/9",
    "bytes=0-1000, 123456789, bytes 0-8/9",
    "bytes=-1000, 123456789, bytes 0-8/9",
    "BYTES=0-3, 1234, bytes 0-3/9",
    "'bytes= ,0-3 ,', 1234, bytes 0-3/9",
    "bytes=007-, 89, bytes 7-8/9",
    "bytes=-99999999999999999999, 123456789, bytes 0-8/9",
    "bytes=4-99999999999999999999, 56789, bytes 4-8/9",
  })
  void givesAPart(String range, String part, String contentRange) {
    Api.Reply reply = alice.get(file(alice.active(NINE)), "Range", range).is(206);
    assertThat(reply.body()).asString().isEqualTo(part);
    assertThat(reply.header("Content-Range")).isEqualTo(contentRange);
    assertThat(reply.header("Content-Length")).isEqualTo(Integer.toString(part.length()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=9-",
        "bytes=3-1",
        "bytes=-0",
        "bytes=-",
        "bytes=a-b",
        "bytes=99999999999999999999-",
        "bytes=,",
        "bytes",
        "x"
      })
  void refusesAPartThatIsNone(String range) {
    Api.Reply reply = alice.get(file(alice.active(NINE)), "Range", range);
    reply.error(416);
    assertThat(reply.header("Content-Range")).isEqualTo("bytes */9");
  }

  @Test
  void passesOverAPartInAnotherUnit() {
    assertThat(alice.get(file(alice.active(NINE)), "Range", "lines=1-2").is(200).body())
        .isEqualTo(NINE);
  }

  @Test
  void givesDataOnConditions() {
    UUID id = alice.active(NINE);
    String tag = alice.get(file(id)).is(200).header("ETag");
    assertThat(tag).isEqualTo('"' + alice.show(id).path("checksum").textValue() + '"');
    String other = "\"other,with-a-comma\"";

    for (String known : List.of(tag, "W/" + tag, "*", other + " ," + tag, ",," + tag + ",")) {
      Api.Reply reply = alice.get(file(id), "If-None-Match", known).is(304);
      assertThat(reply.body()).isEmpty();
      assertThat(reply.header("ETag")).isEqualTo(tag);
    }
    for (String unknown : List.of(other, "W/" + other, tag.replace("\"", ""), tag + tag, "")) {
      alice.get(file(id), "If-None-Match", unknown).is(200);
    }
    for (String wanted : List.of(tag, "*", other + "," + tag)) {
      alice.get(file(id), "If-Match", wanted).is(200);
    }
    for (String wanted : List.of(other, "W/" + tag, "x")) {
      alice.get(file(id), "If-Match", wanted).error(412);
    }
    alice.get(file(id), "Range", "bytes=0-3", "If-Range", tag).is(206);
    for (String stale : List.of(other, "W/" + tag, "Tue, 24 Nov 2026 06:10:29 GMT")) {
      alice.get(file(id), "Range", "bytes=0-3", "If-Range", stale).is(200);
    }
    alice.get(file(id), "If-Modified-Since", "Tue, 24 Nov 2126 06:10:29 GMT").is(200);
  }

  @Test
  void refusesSeveralParts() {
    alice.get(file(alice.active(NINE)), "Range", "bytes=0-1,3-4").error(400);
  }

  @Test
  void hasNothingToSayOfAnImageWithoutData() {
    assertThat(alice.get(file(alice.queued())).is(204).body()).isEmpty();
  }

  @Test
  void givesEmptyDataAsEmpty() {
    UUID id = alice.active(new byte[0]);
    Api.Reply reply = alice.get(file(id));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEmpty();
  }

  @Test
  void givesADeactivatedImagesDataToAdminsOnly() {
    UUID id = alice.active(NINE);
    root.without("POST", Api.image(id) + "/actions/deactivate").is(204);
    assertThat(alice.get(file(id)).error(403)).contains("deactivated");
    assertThat(root.get(file(id)).is(200).body()).isEqualTo(NINE);
  }

  @Test
  void givesDataToWhoMayReadIt() {
    UUID id = alice.active(NINE);
    bob.get(file(id)).error(404);
    rita.get(file(id)).error(403);
    alice
        .patch(id, "[{\"op\": \"replace\", \"path\": \"/visibility\", \"value\": \"community\"}]")
        .is(200);
    assertThat(bob.get(file(id)).is(200).body()).isEqualTo(NINE);
  }

  @Test
  void leavesDownloadsToOtherProjects() throws Exception {
    Map<String, String> settings =
        Map.of(
            "VITRINE_API_CONCURRENT_DOWNLOADS_PER_PROJECT", "1",
            "VITRINE_TRANSFER_MAX_IMAGE_SIZE", "64MiB");
    try (ApiInstallation own = new ApiInstallation(settings)) {
      Api carol = own.as("carol", "acme", "member");
      Api dave = own.as("dave", "other", "member");
      UUID small = carol.active(NINE);
      UUID others = dave.active(NINE);
      // More than the buffers of a connection take.
      UUID large = carol.active(new byte[32 << 20]);
      try (Wire wire = carol.connect("GET", file(large), "Accept: */*")) {
        ApiInstallation.await("it has begun", () -> isAnswered(wire));
        Api.Reply refused = carol.get(file(small));
        assertThat(refused.error(503)).contains("project acme");
        assertThat(refused.header("Retry-After")).isNotNull();
        dave.get(file(others)).is(200);
        carol.get(file(small), "If-None-Match", "*").is(304);
      }
      ApiInstallation.await("its slot is free", () -> carol.get(file(small)).status() == 200);
      carol.get(file(small), "Range", "bytes=9-").error(416);
      carol.get(file(small)).is(200);
    }
  }

  private static boolean isAnswered(Wire wire) {
    try {
      return wire.isAnswered();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void knowsNoOtherImage() {
    alice.get(file(UUID.randomUUID())).error(404);
    alice.get("/v2/images/name/file").error(404);
  }

  @Test
  void isNotToBeHadByHead() throws Exception {
    UUID id = alice.active(NINE);
    try (Wire wire = Wire.to(installation().url())) {
      assertThat(wire.send("HEAD %s HTTP/1.1\nHost: x\n\n".formatted(file(id))).replyWithoutBody())
          .satisfies(
              reply -> {
                assertThat(reply.status()).isEqualTo(405);
                assertThat(reply.header("Allow")).isEqualTo("GET, PUT");
              });
    }
  }
}
