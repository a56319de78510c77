package dev.vitrine.transfer;

import static dev.vitrine.source.SampleData.digests;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.activity.Source;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.DataMismatch;
import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.error.VitrineException.TooLarge;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.store.PartedStore;
import dev.vitrine.store.StoreWriter;
import dev.vitrine.store.WritableStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Copies of an image's data that its store makes itself. */
final class StoreOwnCopyTest extends TransferFixture {

  private Location original;
  private ImageData known;

  @BeforeEach
  void makeOriginal() {
    original = registry.location("main", LocationStatus.ACTIVE);
    known = digests(data).describing((long) data.length);
    publish(store, original);
    registry.image(original.imageId(), ImageStatus.ACTIVE, known);
    registry.declare(location.imageId(), "raw", "bare");
  }

  private void publish(WritableStore into, Location where) {
    try (StoreWriter writer = into.create(where.key())) {
      writer.write(ByteBuffer.wrap(data));
      writer.publish();
    }
  }

  private ImageData copy() {
    return transfer(new Source.OfImage(original.imageId()), ExpectedData.exactly(known));
  }

  private Path file(Location of) {
    return directory.resolve("store").resolve(of.key());
  }

  private boolean isShared() throws IOException {
    return Files.isSameFile(file(original), file(location));
  }

  @Test
  void movesNoByteOfAnImageInTheSameStore() throws IOException {
    assertThat(copy()).isEqualTo(known);

    assertThat(isShared()).isTrue();
    assertThat(activity.last().step()).isEqualTo("copy within the store");
    assertThat(activity.last().bytes()).isEqualTo(data.length);
    assertThat(activity.last().waiting()).isNull();
    assertThat(registry.measured).containsEntry(location.id(), known);
    assertThat(registry.reservations).containsExactly((long) data.length);
  }

  @Test
  void keepsTheDataUntilItsLastLocationIsRemoved() throws IOException {
    copy();
    registry.setStatus(original, LocationStatus.PENDING_DELETE);
    activities.remove(original.imageId(), original.id());
    assertStored(data);

    registry.setStatus(location, LocationStatus.PENDING_DELETE);
    activities.remove(location.imageId(), location.id());
    assertNothingStored();
  }

  @Test
  void takesNoMoreThanItsProjectMayHave() throws IOException {
    registry.quota = data.length - 1L;
    failure(TooLarge.class, this::copy);
    assertThat(file(location)).doesNotExist();
  }

  @Test
  void copiesNothingOtherThanWasExpected() {
    ExpectedData other = new ExpectedData(null, "0".repeat(32), null);
    failure(DataMismatch.class, () -> transfer(new Source.OfImage(original.imageId()), other));
    assertThat(file(location)).doesNotExist();
  }

  @Test
  void copiesToNoLocationThatIsGivenUp() {
    registry.setStatus(location, LocationStatus.PENDING_DELETE);
    failure(Conflict.class, this::copy);
    assertThat(file(location)).doesNotExist();
  }

  @Test
  void saysThatTheDataIsMissing() {
    store.delete(original.key());
    assertThat(failure(SourceUnusable.class, this::copy).getOriginalMessage())
        .contains("its data is missing in store 'main'");
  }

  @Test
  void copiesNothingOfAnotherSizeThanIsRecorded() throws IOException {
    Files.write(file(original), new byte[] {1}, StandardOpenOption.APPEND);
    failure(DataMismatch.class, this::copy);
    assertThat(file(location)).doesNotExist();
  }

  @Test
  void looksAtWhatNobodyHasInspected() throws IOException {
    known = digests(data);
    registry.image(original.imageId(), ImageStatus.ACTIVE, known);
    assertThat(copy().virtualSize()).isEqualTo((long) data.length);
    assertThat(isShared()).isFalse();
  }

  @Test
  void looksAtWhatIsDeclaredToBeSomethingElse() throws IOException {
    registry.declare(location.imageId(), "ami", "bare");
    copy();
    assertThat(isShared()).isFalse();
  }

  @Test
  void movesTheBytesWhereTheStoreCannot() {
    PartedStore parted = new PartedStore("parted", 1000);
    original = registry.location("parted", LocationStatus.ACTIVE);
    registry.image(original.imageId(), ImageStatus.ACTIVE, known);
    publish(parted, original);
    location = registry.location("parted", LocationStatus.PENDING);
    registry.declare(location.imageId(), "raw", "bare");
    activities = over(parted);

    assertThat(copy()).isEqualTo(known);
    assertThat(activity.last().step()).isEqualTo("transfer");
    assertThat(parted.size(location.key())).hasValue(data.length);
  }

  @Test
  void copiesOnePlaceOfAnImageToAnother() throws IOException {
    registry.recordMeasured(original.imageId(), original.id(), known);
    location =
        registry.put(
            new Location(
                location.id(),
                original.imageId(),
                "main",
                original.imageId() + "/" + location.id(),
                LocationStatus.PENDING,
                original.updatedAt()));

    transfer(new Source.OfLocation(original.imageId(), original.id(), "main"), ExpectedData.NONE);

    assertThat(isShared()).isTrue();
  }
}
