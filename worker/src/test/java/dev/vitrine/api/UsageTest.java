package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.access.Requester;
import dev.vitrine.http.Wire;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a project has and may have. */
class UsageTest extends ApiTest {

  private static final int MIB = 1 << 20;

  private static long used(Api by, String quota, String field) {
    JsonNode usage = by.get("/v2/info/usage").is(200).json().path("usage");
    assertThat(usage.at("/" + quota + "/" + field).isIntegralNumber()).isTrue();
    return usage.at("/" + quota + "/" + field).longValue();
  }

  @Test
  void countsTheImagesOfTheProjectAndTheirData() {
    assertThat(used(alice, "image_count_total", "usage")).isZero();
    UUID first = alice.active(new byte[MIB]);
    alice.active(new byte[MIB - 1]);
    alice.queued();
    bob.active(new byte[MIB]);
    for (Api by : new Api[] {alice, rita}) {
      assertThat(used(by, "image_count_total", "usage")).isEqualTo(3);
      assertThat(used(by, "image_size_total", "usage")).isEqualTo(1);
      assertThat(used(by, "image_count_uploading", "usage")).isZero();
      assertThat(used(by, "image_count_total", "limit")).isEqualTo(-1);
      assertThat(used(by, "image_size_total", "limit")).isEqualTo(-1);
    }
    alice.delete(Api.image(first)).is(204);
    assertThat(used(alice, "image_count_total", "usage")).isEqualTo(2);
    assertThat(used(alice, "image_size_total", "usage")).isZero();
  }

  @Test
  void countsWhatIsOnItsWay() throws Exception {
    UUID id = alice.queued();
    try (Wire upload = alice.beginUpload(id, "Content-Length: 1000", new byte[10])) {
      ApiInstallation.await("it is saving", () -> alice.status(id).equals("saving"));
      upload.send(new byte[10]);
      assertThat(used(alice, "image_count_uploading", "usage")).isEqualTo(1);
    }
  }

  @Test
  void givesTheLimitsThatAreSet() throws IOException {
    try (ApiInstallation limited =
        new ApiInstallation(
            Map.of("VITRINE_LIMITS_PROJECT_IMAGES", "7", "VITRINE_LIMITS_PROJECT_BYTES", "5MiB"))) {
      Api alice = limited.as("alice", "acme", "member");
      alice.active(new byte[MIB]);
      assertThat(used(alice, "image_count_total", "limit")).isEqualTo(7);
      assertThat(used(alice, "image_size_total", "limit")).isEqualTo(5);
      assertThat(used(alice, "image_size_total", "usage")).isEqualTo(1);
      assertThat(used(alice, "image_count_uploading", "limit")).isEqualTo(-1);
    }
  }

  @Test
  void isOfAProject() {
    called().as("nobody", alice.project(), "other").get("/v2/info/usage").error(403);
    assertThat(
            called()
                .as("sysadmin", Requester.SYSTEM_PROJECT, "admin")
                .get("/v2/info/usage")
                .error(403))
        .contains("usage is of a project");
  }
}
