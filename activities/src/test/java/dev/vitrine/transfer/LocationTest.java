package dev.vitrine.transfer;

import static dev.vitrine.source.SampleData.digests;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.activity.Source;
import dev.vitrine.activity.TransferActivities;
import dev.vitrine.activity.Transferred;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.DataMismatch;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.StorageFull;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.store.ReadOnlyStore;
import dev.vitrine.store.StoreWriter;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What transfers and removals do with locations. */
class LocationTest extends TransferFixture {

  @Test
  void writesToNoLocationThatIsNoLongerPending() throws IOException {
    registry.setStatus(location, LocationStatus.PENDING_DELETE);
    assertThat(failure(Conflict.class, this::transfer).getOriginalMessage())
        .contains("is no longer pending: pending_delete");
    registry.locations().forget(location.id());
    assertThat(failure(Conflict.class, this::transfer).getOriginalMessage())
        .contains("is no longer pending: it was removed");
    assertThat(server.requests).isEmpty();
    assertNothingStored();
  }

  @Test
  void bringsNoDeletedImageBack() throws IOException {
    // Asked before the source, before the first byte, and before publishing.
    for (int look = 2; look <= 3; look++) {
      location = registry.location("main", LocationStatus.PENDING);
      AtomicInteger left = new AtomicInteger(look);
      registry.onFindLocation =
          () -> {
            if (left.decrementAndGet() == 0) {
              registry.locations().forget(location.id());
            }
          };
      failure(Conflict.class, this::transfer);
      assertNothingStored();
    }
  }

  @Test
  void verifiesWhatAnEarlierAttemptPublishedAndFetchesNothing() throws IOException {
    publish();
    assertThat(transfer()).isEqualTo(digests(data));
    assertThat(server.requests).isEmpty();
    assertThat(activity.last().step()).isEqualTo("verify");

    ExpectedData other = new ExpectedData(9L, null, null);
    failure(DataMismatch.class, () -> transfer(new Source.Url(server.url()), other));
    assertStored(data);
  }

  @Test
  void leavesNothingOnAFullDisk() throws IOException {
    Path partial = directory.resolve("store/.partial").resolve(location.key());
    Files.createDirectories(partial.getParent());
    Files.createSymbolicLink(partial, Path.of("/dev/full"));
    failure(StorageFull.class, this::transfer);
    assertThat(partial.getParent()).doesNotExist();
  }

  @Test
  void failsAtOnceWhereTheStoreTakesNoMoreData() throws IOException {
    activities = over(new ReadOnlyStore(store));

    assertThat(failure(Invalid.class, this::transfer).getOriginalMessage())
        .isEqualTo("store 'main' is read-only: nothing is written to it");

    assertThat(server.requests).isEmpty();
    assertNothingStored();
  }

  @Test
  void removesTheRowAndKeepsTheDataOfAStoreThatGivesNoneUp() throws IOException {
    publish();
    registry.setStatus(location, LocationStatus.PENDING_DELETE);

    over(new ReadOnlyStore(store)).remove(location.imageId(), location.id());

    assertThat(registry.locations).doesNotContainKey(location.id());
    assertStored(data);
  }

  @Test
  void triesAgainForAStoreThatIsNotConfiguredHere() {
    location = registry.location("cold", LocationStatus.PENDING);
    assertThat(failure(Unavailable.class, this::transfer).getOriginalMessage())
        .isEqualTo("store 'cold' is not configured here; known stores: main");
    registry.setStatus(location, LocationStatus.PENDING_DELETE);
    failure(Unavailable.class, () -> activities.remove(location.imageId(), location.id()));
    assertThat(registry.locations).containsKey(location.id());
  }

  @Test
  void removesDataAndRow() throws IOException {
    publish();
    registry.setStatus(location, LocationStatus.PENDING_DELETE);
    activities.remove(location.imageId(), location.id());
    activities.remove(location.imageId(), location.id());
    assertNothingStored();
    assertThat(registry.locations).isEmpty();
  }

  @Test
  void removesUnfinishedData() throws IOException {
    leaveUnfinished(data, 500, null, null);
    activities.remove(location.imageId(), location.id());
    assertNothingStored();
  }

  @Test
  void onlyForgetsExternalData() {
    Location external =
        registry.put(
            new Location(
                UUID.randomUUID(),
                UUID.randomUUID(),
                Location.EXTERNAL,
                server.url(),
                LocationStatus.PENDING_DELETE,
                Instant.EPOCH));
    activities.remove(external.imageId(), external.id());
    assertThat(registry.locations).doesNotContainKey(external.id());
  }

  @Test
  void removesNothingThatIsInUseOrAnotherImages() throws IOException {
    publish();
    registry.setStatus(location, LocationStatus.ACTIVE);
    failure(Conflict.class, () -> activities.remove(location.imageId(), location.id()));
    assertThatThrownBy(() -> activities.remove(UUID.randomUUID(), location.id()))
        .hasMessageContaining("belongs to image " + location.imageId());
    assertStored(data);
  }

  @Test
  void worksAsAnActivity() throws IOException {
    TestActivityEnvironment environment = TestActivityEnvironment.newInstance();
    try {
      environment.registerActivitiesImplementations(activities);
      TransferActivities stub = environment.newActivityStub(TransferActivities.class);
      leaveUnfinished(data, 4000, 10_000L, "\"v1\"");
      environment.setHeartbeatDetails(activity.next().last());
      Source source = new Source.Url(server.url());
      assertThat(stub.transfer(request(source, ExpectedData.NONE)))
          .isEqualTo(Transferred.of(digests(data), 1));
      assertThat(server.requests).containsExactly("bytes=4000- \"v1\"");

      registry.setStatus(location, LocationStatus.ACTIVE);
      assertThatThrownBy(() -> stub.transfer(request(source, ExpectedData.NONE)))
          .satisfies(e -> assertThat(Failures.fromTemporal(e)).containsInstanceOf(Conflict.class));
    } finally {
      environment.close();
    }
  }

  private void publish() {
    try (StoreWriter writer = store.create(location.key())) {
      writer.write(ByteBuffer.wrap(data));
      writer.publish();
    }
  }
}
