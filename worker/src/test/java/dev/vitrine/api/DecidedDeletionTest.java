package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.activity.Operation;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.registry.Registry;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A deletion is answered once the registry has it, whoever is to carry it out and isn't there. */
@Timeout(120)
class DecidedDeletionTest {

  @Test
  void isAnsweredWithoutAWorkerForWorkflowsAndWithoutTemporal() throws Exception {
    try (ApiInstallation alone = new ApiInstallation(Map.of("VITRINE_WORKER_ROLES", "api"))) {
      Api alice = alone.as("alice", "mars", "member");
      UUID active = image(alone.registry(), alice, true);
      UUID saving = image(alone.registry(), alice, false);
      UUID last = image(alone.registry(), alice, true);

      alice.delete(Api.image(active)).is(204);
      alice.delete(Api.image(saving)).is(204);
      alone.stopTemporal();
      alice.delete(Api.image(last)).is(204);

      for (UUID id : new UUID[] {active, saving, last}) {
        assertThat(alone.registry().lookup().find(id).orElseThrow().status())
            .isEqualTo(ImageStatus.DELETED);
        assertThat(alone.registry().locations().of(id))
            .singleElement()
            .returns(LocationStatus.PENDING_DELETE, Location::status);
        alice.get(Api.image(id)).error(404);
        alice.delete(Api.image(id)).error(404);
      }
    }
  }

  /** An image with data, or with an upload that goes on. */
  private static UUID image(Registry registry, Api alice, boolean complete) {
    UUID id = alice.queued();
    Location location = registry.uploads().begin(op(), id, FailurePolicy.REQUEUE, "local", null);
    if (complete) {
      ImageData data = new ImageData(7, "0".repeat(32), "0".repeat(128));
      registry.transferNotes().recordMeasured(id, location.id(), data);
      registry.uploads().complete(op(), id, location.id(), data);
    }
    return id;
  }

  private static Operation op() {
    return new Operation(UUID.randomUUID().toString(), "image-upload/x", "run", "a test");
  }
}
