package dev.vitrine.verification;

import static dev.vitrine.source.SampleData.digests;
import static dev.vitrine.source.SampleData.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.activity.LocationCheck;
import dev.vitrine.activity.LocationCheck.Outcome;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.store.StoreWriter;
import dev.vitrine.store.Stores;
import dev.vitrine.store.file.FilesystemStore;
import dev.vitrine.transfer.FakeRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoredDataTest {

  @TempDir private Path directory;

  private final byte[] data = random(3_000_000, 1);
  private final FakeRegistry registry = new FakeRegistry();
  private final List<Long> told = new ArrayList<>();
  private FilesystemStore store;
  private StoredData stored;
  private Location location;

  @BeforeEach
  void store() {
    store = new FilesystemStore("main", directory);
    stored = new StoredData(registry.lookup(), registry.locations(), new Stores(List.of(store)));
    location = location("main");
    registry.image(location.imageId(), ImageStatus.ACTIVE, digests(data));
    try (StoreWriter writer = store.create(location.key())) {
      writer.write(ByteBuffer.wrap(data));
      writer.publish();
    }
  }

  private Location location(String in) {
    UUID image = UUID.randomUUID();
    UUID id = UUID.randomUUID();
    return registry.put(
        new Location(id, image, in, image + "/" + id, LocationStatus.ACTIVE, Instant.EPOCH));
  }

  private LocationCheck read() throws InterruptedException {
    return check(new Pace(0));
  }

  private LocationCheck check(@Nullable Pace pace) throws InterruptedException {
    return stored.check(location.imageId(), location.id(), pace, told::add);
  }

  private Path file() {
    return directory.resolve(location.key());
  }

  @Test
  void findsThatAllIsAsRecorded() throws Exception {
    assertThat(read())
        .isEqualTo(new LocationCheck(location.imageId(), location.id(), "main", Outcome.OK, null));
    assertThat(told).isSorted().hasSizeGreaterThan(1).last().isEqualTo((long) data.length);
  }

  @Test
  void findsOneByteThatChangedWhenItReads() throws Exception {
    data[2_000_000]++;
    Files.write(file(), data);

    assertThat(check(null).outcome()).isEqualTo(Outcome.OK);
    assertThat(told).isEmpty();

    LocationCheck check = read();
    assertThat(check.outcome()).isEqualTo(Outcome.WRONG);
    assertThat(check.detail())
        .startsWith("MD5 read back are " + digests(data).checksum())
        .contains("recorded are");
  }

  @Test
  void findsAnotherSizeWithoutReading() throws Exception {
    Files.write(file(), new byte[5]);
    assertThat(check(null).outcome()).isEqualTo(Outcome.WRONG);
    assertThat(read().detail()).contains("has 5 bytes", "recorded are 3000000");
  }

  @Test
  void findsThatThereIsNothing() throws Exception {
    store.delete(location.key());
    assertThat(read().outcome()).isEqualTo(Outcome.MISSING);
    assertThat(check(null).outcome()).isEqualTo(Outcome.MISSING);
  }

  @Test
  void passesOverWhatIsGivenUpOrLiesElsewhere() throws Exception {
    registry.setStatus(location, LocationStatus.PENDING_DELETE);
    store.delete(location.key());
    assertThat(read().outcome()).isEqualTo(Outcome.PASSED_OVER);

    registry.locations().forget(location.id());
    assertThat(read().outcome()).isEqualTo(Outcome.PASSED_OVER);

    location = location(Location.EXTERNAL);
    assertThat(read().outcome()).isEqualTo(Outcome.PASSED_OVER);
  }

  @Test
  void passesOverWhatIsRemovedWhileItIsLookedAt() throws Exception {
    data[0]++;
    registry.recordMeasured(location.imageId(), location.id(), digests(data));
    LocationCheck check =
        stored.check(
            location.imageId(),
            location.id(),
            new Pace(0),
            bytes -> registry.setStatus(location, LocationStatus.PENDING_DELETE));
    assertThat(check.outcome()).isEqualTo(Outcome.PASSED_OVER);
  }

  @Test
  void leavesAStoreThatIsNotHereToAnotherWorker() {
    location = location("cold");
    assertThatThrownBy(this::read).isInstanceOf(Unavailable.class);
  }
}
