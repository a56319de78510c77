package dev.vitrine.transfer;

import static dev.vitrine.source.SampleData.digests;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.store.PartedStore;
import dev.vitrine.store.StoreWriter;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class StoreTargetTest {

  @Test
  void leavesNothingUnderALocationThatWasRemovedJustBeforeItsDataCame() {
    FakeRegistry registry = new FakeRegistry();
    PartedStore store = new PartedStore("main", 4);
    Location location = registry.location("main", LocationStatus.PENDING);
    StoreTarget target =
        new StoreTarget(registry.lookup(), registry.locations(), registry, store, location);
    byte[] data = {1, 2, 3};
    registry.locations().forget(location.id());
    try (StoreWriter writer = target.create(3L)) {
      writer.write(ByteBuffer.wrap(data));
      writer.publish();
    }

    assertThatThrownBy(() -> target.record(digests(data))).isInstanceOf(NotFound.class);

    assertThat(store.size(location.key())).isEmpty();
    assertThat(registry.measured).isEmpty();
  }
}
