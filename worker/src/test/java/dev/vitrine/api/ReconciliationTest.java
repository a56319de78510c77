package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.activity.Operation;
import dev.vitrine.image.FailurePolicy;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the next pass would do, as an admin sees it. */
class ReconciliationTest extends ApiTest {

  @Test
  void showsAnAdminWhatWasLeftBehind() {
    UUID id = alice.queued();
    installation()
        .registry()
        .uploads()
        .begin(
            new Operation(UUID.randomUUID().toString(), "image-upload/lost", "run", "a test"),
            id,
            FailurePolicy.REQUEUE,
            "local",
            null);

    JsonNode seen = root.get("/v2/reconciliation?limit=1000").is(200).json();

    JsonNode own = null;
    for (JsonNode finding : seen.path("findings")) {
      own = id.toString().equals(finding.path("image_id").textValue()) ? finding : own;
    }
    assertThat(own).isNotNull();
    assertThat(own.path("kind").textValue()).isEqualTo("abandoned_upload");
    assertThat(own.path("detail").textValue())
        .contains("image %s is saving; workflow image-upload/lost".formatted(id));
    assertThat(alice.status(id)).isEqualTo("saving");
  }

  @Test
  void isAnAdminsAlone() {
    assertThat(alice.get("/v2/reconciliation").error(403)).contains("show reconciliation by alice");
  }
}
