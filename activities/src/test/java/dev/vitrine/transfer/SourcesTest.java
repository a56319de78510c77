package dev.vitrine.transfer;

import static dev.vitrine.source.SampleData.digests;
import static dev.vitrine.source.SampleData.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Source;
import dev.vitrine.activity.TransferRequest;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.DataMismatch;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.source.FileSource;
import dev.vitrine.source.ResumePoint;
import dev.vitrine.source.SourceConfig;
import dev.vitrine.store.StoreWriter;
import dev.vitrine.store.file.FilesystemStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Files, images and held streams as sources. */
class SourcesTest extends TransferFixture {

  private Source file(Path path) {
    return new Source.Url(path.toUri().toString());
  }

  private String forbidden(Path path) {
    activity.forget();
    return failure(Forbidden.class, () -> transfer(file(path), ExpectedData.NONE))
        .getOriginalMessage();
  }

  private Path source(byte[] bytes) throws IOException {
    return Files.write(directory.resolve("sources/image with space.raw"), bytes);
  }

  @Test
  void readsAFileBelowASourceRoot() throws IOException {
    assertThat(transfer(file(source(data)), ExpectedData.NONE)).isEqualTo(digests(data));
    assertStored(data);
  }

  @Test
  void goesOnInAFile() throws IOException {
    Path path = source(data);
    String validator =
        new FileSource(config.sources())
            .open(path.toUri().toString(), "x", ResumePoint.START)
            .validator();
    // What lies in the store differs from the file, which shows that it isn't read again.
    byte[] mixed = data.clone();
    System.arraycopy(random(5000, 9), 0, mixed, 0, 5000);
    leaveUnfinished(mixed, 5000, 10_000L, validator);
    assertThat(transfer(file(path), ExpectedData.NONE)).isEqualTo(digests(mixed));
  }

  @Test
  void beginsAnewWithAFileThatChanged() throws IOException {
    leaveUnfinished(random(10_000, 9), 5000, 10_000L, "10000-1");
    assertThat(transfer(file(source(data)), ExpectedData.NONE)).isEqualTo(digests(data));
  }

  @Test
  void readsNoFileElsewhere() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "secret");
    Path link = Files.createSymbolicLink(directory.resolve("sources/link"), secret);
    assertThat(forbidden(secret)).contains("transfer.source-roots");
    assertThat(forbidden(link)).contains("transfer.source-roots");
    assertThat(forbidden(directory.resolve("sources/../secret"))).contains("source-roots");
    // Whether it exists is nobody's business either.
    assertThat(forbidden(directory.resolve("nothing"))).contains("source-roots");
    assertThat(forbidden(directory.resolve("sources/../nothing"))).contains("source-roots");
  }

  @Test
  void readsNoFileWhereNoRootIsSet() throws IOException {
    FileSource none = new FileSource(SourceConfig.defaults());
    String url = source(data).toUri().toString();
    assertThatThrownBy(() -> none.open(url, "x", ResumePoint.START)).isInstanceOf(Forbidden.class);
  }

  @Test
  void refusesWhatIsMissingOrNoFile() {
    Path missing = directory.resolve("sources/missing");
    assertThat(
            failure(SourceUnusable.class, () -> transfer(file(missing), ExpectedData.NONE))
                .getOriginalMessage())
        .contains("does not exist");
    Path root = directory.resolve("sources");
    assertThat(
            failure(SourceUnusable.class, () -> transfer(file(root), ExpectedData.NONE))
                .getOriginalMessage())
        .contains("not a regular file");
  }

  @Test
  void waitsForASourceRootThatVanished() throws IOException {
    Path root = directory.resolve("sources");
    Files.delete(root);
    Path path = root.resolve("image.raw");
    failure(Unavailable.class, () -> transfer(file(path), ExpectedData.NONE));
  }

  /** In a store other than that which its data is copied to. */
  private UUID image(ImageStatus status) {
    FilesystemStore other = others();
    activities = over(store, other);
    Location from = registry.location("other", LocationStatus.ACTIVE);
    registry.image(from.imageId(), status, digests(data));
    try (StoreWriter writer = other.create(from.key())) {
      writer.write(ByteBuffer.wrap(data));
      writer.publish();
    }
    return from.imageId();
  }

  private FilesystemStore others() {
    return new FilesystemStore("other", directory.resolve("other"));
  }

  @Test
  void copiesAnotherImage() throws IOException {
    Source source = new Source.OfImage(image(ImageStatus.ACTIVE));
    assertThat(transfer(source, ExpectedData.NONE)).isEqualTo(digests(data));
    assertStored(data);
  }

  @Test
  void goesOnWithAnotherImage() throws IOException {
    UUID image = image(ImageStatus.ACTIVE);
    String key = registry.locations().of(image).get(0).key();
    leaveUnfinished(data, 5000, 10_000L, key);
    assertThat(transfer(new Source.OfImage(image), ExpectedData.NONE)).isEqualTo(digests(data));
    assertStored(data);
  }

  @Test
  void copiesNoImageThatMayNotBeRead() {
    Source unknown = new Source.OfImage(UUID.randomUUID());
    failure(NotFound.class, () -> transfer(unknown, ExpectedData.NONE));
    Source deactivated = new Source.OfImage(image(ImageStatus.DEACTIVATED));
    failure(Forbidden.class, () -> transfer(deactivated, ExpectedData.NONE));
    Source queued = new Source.OfImage(image(ImageStatus.QUEUED));
    failure(Conflict.class, () -> transfer(queued, ExpectedData.NONE));
    Source active = new Source.OfImage(image(ImageStatus.ACTIVE));
    assertThat(copy(active, Requester.member("eve", "member"))).isEqualTo(10_000);
    location = registry.location("main", LocationStatus.PENDING);
    failure(NotFound.class, () -> copy(active, Requester.member("eve", "stranger")));
  }

  private long copy(Source source, Requester by) {
    TransferRequest request =
        new TransferRequest(location.imageId(), source, location, ExpectedData.NONE, by, null);
    activity.forget();
    return activities.transfer(request, activity.next()).size();
  }

  @Test
  void noticesThatAnotherImagesDataIsNotWhatIsRecorded() throws IOException {
    UUID image = image(ImageStatus.ACTIVE);
    byte[] rotten = data.clone();
    rotten[77]++;
    Path path = directory.resolve("other").resolve(registry.locations().of(image).get(0).key());
    Files.write(path, rotten);
    failure(DataMismatch.class, () -> transfer(new Source.OfImage(image), ExpectedData.NONE));
    assertThat(store.unfinished(location.key(), null)).isZero();
  }

  @Test
  void saysThatAnotherImagesDataIsMissing() {
    UUID image = image(ImageStatus.ACTIVE);
    others().delete(registry.locations().of(image).get(0).key());
    failure(SourceUnusable.class, () -> transfer(new Source.OfImage(image), ExpectedData.NONE));
  }

  @Test
  void copiesAnImageThatOnlyHasAUrl() throws IOException {
    UUID image = UUID.randomUUID();
    registry.image(image, ImageStatus.ACTIVE, null);
    registry.put(
        new Location(
            UUID.randomUUID(),
            image,
            Location.EXTERNAL,
            server.url(),
            LocationStatus.ACTIVE,
            Instant.EPOCH));
    Source source = new Source.OfImage(image);
    assertThat(transfer(source, ExpectedData.NONE)).isEqualTo(digests(data));
    assertStored(data);
  }

  @Test
  void copiesAnImageOfNoSize() throws IOException {
    UUID image = UUID.randomUUID();
    registry.image(image, ImageStatus.ACTIVE, digests(new byte[0]));
    assertThat(transfer(new Source.OfImage(image), ExpectedData.NONE).size()).isZero();
    assertStored(new byte[0]);
  }
}
