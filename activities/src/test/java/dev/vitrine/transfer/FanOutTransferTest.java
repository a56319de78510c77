package dev.vitrine.transfer;

import static dev.vitrine.source.SampleData.digests;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.activity.Source;
import dev.vitrine.activity.StoresTransferRequest;
import dev.vitrine.activity.StoresTransferred;
import dev.vitrine.activity.TransferHeartbeat;
import dev.vitrine.activity.TransferRequest;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.DataMismatch;
import dev.vitrine.error.VitrineException.TooLarge;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.store.FailingStore;
import dev.vitrine.store.PartedStore;
import dev.vitrine.store.Store;
import dev.vitrine.store.StoreWriter;
import dev.vitrine.store.file.FilesystemStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One pass into a file, an object in parts, and a store that fails. */
final class FanOutTransferTest extends TransferFixture {

  private static final int PART = 900;

  private final PartedStore bucket = new PartedStore("bucket", PART);
  private FailingStore failing;
  private Location inBucket;
  private Location inFailing;

  @BeforeEach
  void storeInThree() throws IOException {
    failing = new FailingStore(new FilesystemStore("second", directory.resolve("second")));
    inBucket = further("bucket");
    inFailing = further("second");
    activities = over(store, bucket, failing);
  }

  private Location further(String name) {
    UUID id = UUID.randomUUID();
    String key = location.imageId() + "/" + id;
    return registry.put(
        new Location(id, location.imageId(), name, key, LocationStatus.PENDING, Instant.EPOCH));
  }

  private StoresTransferred toAll(ExpectedData expected) {
    return activities.transferToStores(
        new StoresTransferRequest(
            location.imageId(),
            new Source.Url(server.url()),
            List.of(location, inBucket, inFailing),
            expected,
            OWNER,
            TASK),
        activity.next());
  }

  private StoresTransferred toAll() {
    return toAll(ExpectedData.NONE);
  }

  private void assertIn(Store in, Location at) throws IOException {
    try (InputStream stream = in.open(at.key(), 0)) {
      assertThat(stream.readAllBytes()).isEqualTo(data);
    }
    assertThat(registry.measured).containsEntry(at.id(), digests(data));
  }

  @Test
  void readsTheSourceOnceForAllOfThem() throws IOException {
    StoresTransferred done = toAll();

    assertThat(server.requests).hasSize(1);
    assertThat(done.data()).isEqualTo(digests(data));
    assertThat(done.stored()).containsExactly(location.id(), inBucket.id(), inFailing.id());
    assertThat(done.dropped()).isEmpty();
    assertIn(store, location);
    assertIn(bucket, inBucket);
    assertIn(failing, inFailing);
  }

  @ParameterizedTest
  @ValueSource(strings = {"confirm", "create", "write", "sync", "publish", "size"})
  void dropsOneThatFails(String step) throws IOException {
    failing.failsIn = step;

    StoresTransferred done = toAll();

    assertThat(server.requests).hasSize(1);
    assertThat(done.stored()).containsExactly(location.id(), inBucket.id());
    assertThat(done.dropped()).isEqualTo(Map.of("second", "store 'second' fails in " + step));
    assertIn(store, location);
    assertIn(bucket, inBucket);
    assertThat(registry.measured).doesNotContainKey(inFailing.id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"confirm", "create", "write", "sync", "publish", "size"})
  void goesOnWithoutOneThatHangs(String step) throws IOException {
    storePatience = Duration.ofMillis(300);
    configure(100_000, Duration.ofSeconds(60), true);
    activities = over(store, bucket, failing);
    failing.hangsIn = step;
    try {
      StoresTransferred done = toAll();

      assertThat(server.requests).hasSize(1);
      assertThat(done.stored()).containsExactly(location.id(), inBucket.id());
      assertThat(done.dropped())
          .isEqualTo(Map.of("second", "store 'second' has not answered for PT0.3S"));
      assertIn(store, location);
      assertIn(bucket, inBucket);
      assertThat(registry.measured).doesNotContainKey(inFailing.id());
    } finally {
      failing.answers.countDown();
    }
  }

  /** What was left out is tried again on its own, and must not hold its import up for ever. */
  @Test
  void aCopyIntoOneThatHangsIsAnAttemptThatFails() throws IOException {
    storePatience = Duration.ofMillis(300);
    configure(100_000, Duration.ofSeconds(60), true);
    activities = over(store, bucket, failing);
    StoresTransferred unused =
        activities.transferToStores(
            new StoresTransferRequest(
                location.imageId(),
                new Source.Url(server.url()),
                List.of(location, inBucket),
                ExpectedData.NONE,
                OWNER,
                TASK),
            activity.next());
    failing.hangsIn = "write";
    try {
      TransferRequest copy =
          new TransferRequest(
              location.imageId(),
              new Source.OfLocation(location.imageId(), location.id(), "main"),
              inFailing,
              ExpectedData.NONE,
              OWNER,
              TASK);
      activity.remember(null);
      assertThat(
              failure(Unavailable.class, () -> activities.transfer(copy, activity.next()))
                  .getOriginalMessage())
          .contains("store 'second' has not answered for PT0.3S");
    } finally {
      failing.answers.countDown();
    }
  }

  @Test
  void failsAsTheLastOneThatIsLeft() {
    failing.failsIn = "write";
    StoresTransferRequest one =
        new StoresTransferRequest(
            location.imageId(),
            new Source.Url(server.url()),
            List.of(inFailing),
            ExpectedData.NONE,
            OWNER,
            TASK);

    assertThat(failure(Unavailable.class, () -> activities.transferToStores(one, activity.next())))
        .hasMessageContaining("store 'second' fails in write");
  }

  @Test
  void goesOnWhereAllOfThemAre() throws IOException {
    server.breaksAfter = 3456;
    failure(Unavailable.class, this::toAll);
    assertThat(activity.last().bytes()).isEqualTo(3 * PART);

    server.breaksAfter = -1;
    StoresTransferred done = toAll();

    assertThat(server.requests).hasSize(2).last().asString().startsWith("bytes=2700-");
    assertThat(done.data()).isEqualTo(digests(data));
    assertThat(done.stored()).hasSize(3);
    assertIn(store, location);
    assertIn(bucket, inBucket);
    assertIn(failing, inFailing);
  }

  @Test
  void leavesOutWhatTheAttemptBeforeDropped() throws IOException {
    failing.failsIn = "write";
    server.breaksAfter = 3456;
    failure(Unavailable.class, this::toAll);

    failing.failsIn = null;
    server.breaksAfter = -1;
    StoresTransferred done = toAll();

    assertThat(server.requests).last().asString().startsWith("bytes=2700-");
    assertThat(done.dropped()).isEqualTo(Map.of("second", "store 'second' fails in write"));
    assertThat(failing.size(inFailing.key())).isEmpty();
    assertIn(bucket, inBucket);
  }

  @Test
  void readsFromTheStoreThatHasItWhatTheOthersStillNeed() throws IOException {
    publish();
    activity.remember(new TransferHeartbeat("transfer", 10_000, 10_000L, 0, 1, "v", 0));

    StoresTransferred done = toAll();

    assertThat(server.requests).isEmpty();
    assertThat(done.stored()).hasSize(3);
    assertIn(store, location);
    assertIn(bucket, inBucket);
    assertIn(failing, inFailing);
  }

  private void publish() {
    try (StoreWriter writer = store.create(location.key())) {
      writer.write(ByteBuffer.wrap(data));
      writer.publish();
    }
  }

  @Test
  void whatOneHasIsEnoughWhereNoOtherTakesIt() throws IOException {
    publish();
    failing.failsIn = "create";

    StoresTransferred done = toAll();

    assertThat(done.dropped()).containsOnlyKeys("second");
    assertIn(store, location);
    assertIn(bucket, inBucket);
  }

  @Test
  void verifiesWhatAllOfThemHave() {
    toAll();
    registry.measured.clear();

    StoresTransferred done = toAll();

    assertThat(server.requests).hasSize(1);
    assertThat(done.data()).isEqualTo(digests(data));
    assertThat(done.stored()).hasSize(3);
    assertThat(registry.measured).hasSize(3);
  }

  @Test
  void aWrongDigestLeavesNothingAnywhere() throws IOException {
    failure(DataMismatch.class, () -> toAll(new ExpectedData(null, "0".repeat(32), null)));

    assertNothingStored();
    assertThat(bucket.size(inBucket.key())).isEmpty();
    assertThat(failing.unfinished(inFailing.key(), null)).isZero();
    assertThat(registry.measured).isEmpty();
  }

  @Test
  void noRoomInTheQuotaIsNoStoresFault() throws IOException {
    registry.quota = 9_999;

    failure(TooLarge.class, this::toAll);

    assertNothingStored();
  }

  @Test
  void aLocationThatIsGivenUpEndsItForAll() throws IOException {
    registry.setStatus(inBucket, LocationStatus.PENDING_DELETE);

    failure(Conflict.class, this::toAll);

    assertNothingStored();
  }

  @Test
  void keepsNoMoreOfThePlacesThanAHeartbeatMayCarry() {
    StoreTarget target =
        new StoreTarget(registry.lookup(), registry.locations(), registry, store, location);
    Places places =
        new Places(Collections.nCopies(200, target), null, Runnable::run, Duration.ZERO);
    places.all().subList(0, 40).forEach(place -> place.drop("c".repeat(Place.CAUSE)));
    String kept = places.token();
    assertThat(kept).isNotNull().hasSizeLessThan(Places.LONGEST_TOKEN);
    assertThat(
            new Places(Collections.nCopies(200, target), kept, Runnable::run, Duration.ZERO).open())
        .hasSize(160);

    places.all().subList(0, 100).forEach(place -> place.drop("c".repeat(Place.CAUSE)));

    assertThat(places.token()).isNull();
  }
}
