package dev.vitrine.transfer;

import static dev.vitrine.source.SampleData.digests;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.store.PartedStore;
import dev.vitrine.store.StoreWriter;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class StoreTargetTest {

  private static final byte[] DATA = {1, 2, 3};

  @Test
  void leavesNothingUnderALocationThatWasRemovedJustBeforeItsDataCame() {
    FakeRegistry registry = new FakeRegistry();
    PartedStore store = new PartedStore("main", 4);
    Location location = registry.location("main", LocationStatus.PENDING);
    StoreTarget target = published(registry, store, location);
    registry.locations().forget(location.id());

    assertThatThrownBy(() -> target.record(digests(DATA))).isInstanceOf(NotFound.class);

    assertThat(store.size(location.key())).isEmpty();
    assertThat(registry.measured).isEmpty();
  }

  /** Who removes it may have looked into the store before the data came. */
  @Test
  void leavesNothingUnderALocationThatIsGivenUpJustBeforeItsDataCame() {
    FakeRegistry registry = new FakeRegistry();
    PartedStore store = new PartedStore("main", 4);
    Location location = registry.location("main", LocationStatus.PENDING);
    StoreTarget target = published(registry, store, location);
    registry.setStatus(location, LocationStatus.PENDING_DELETE);

    assertThatThrownBy(() -> target.record(digests(DATA), StoreTargetTest::refuse))
        .isInstanceOf(Conflict.class);

    assertThat(store.size(location.key())).isEmpty();
  }

  @Test
  void keepsTheDataOfALocationThatIsActiveAlready() {
    FakeRegistry registry = new FakeRegistry();
    PartedStore store = new PartedStore("main", 4);
    Location location = registry.location("main", LocationStatus.PENDING);
    StoreTarget target = published(registry, store, location);
    registry.setStatus(location, LocationStatus.ACTIVE);

    assertThatThrownBy(() -> target.record(digests(DATA), StoreTargetTest::refuse))
        .isInstanceOf(Conflict.class);

    assertThat(store.size(location.key())).hasValue(DATA.length);
  }

  private static void refuse(ImageData measured) {
    throw new Conflict("%s bytes come too late".formatted(measured.size()));
  }

  private static StoreTarget published(
      FakeRegistry registry, PartedStore store, Location location) {
    StoreTarget target =
        new StoreTarget(registry.lookup(), registry.locations(), registry, store, location);
    try (StoreWriter writer = target.create((long) DATA.length)) {
      writer.write(ByteBuffer.wrap(DATA));
      writer.publish();
    }
    return target;
  }
}
