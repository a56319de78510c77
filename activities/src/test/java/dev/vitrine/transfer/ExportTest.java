package dev.vitrine.transfer;

import static dev.vitrine.source.SampleData.digests;
import static dev.vitrine.source.SampleData.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.ExportRequest;
import dev.vitrine.activity.TransferHeartbeat;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.DataMismatch;
import dev.vitrine.error.VitrineException.Forbidden;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.store.StoreWriter;
import dev.vitrine.store.s3.S3StoreConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportTest extends TransferFixture {

  private static final UUID OTHER_TASK = UUID.randomUUID();

  private Location from;
  private Path destination;
  private Path partial;

  @BeforeEach
  void makeImage() throws IOException {
    from = registry.location("main", LocationStatus.ACTIVE);
    registry.image(from.imageId(), ImageStatus.ACTIVE, digests(data));
    try (StoreWriter writer = store.create(from.key())) {
      writer.write(ByteBuffer.wrap(data));
      writer.publish();
    }
    destination = directory.resolve("exports/image.raw");
    partial = destination.resolveSibling("image.raw.vitrine-" + TASK + ".partial");
  }

  private ImageData export(UUID task, Path to, Requester by) {
    String url = to.toUri().toString();
    return activities.exportImage(
        new ExportRequest(task, from.imageId(), url, by), activity.next());
  }

  private ImageData export() {
    return export(TASK, destination, OWNER);
  }

  private void discard(UUID task) {
    activities.discardExport(task, destination.toUri().toString());
  }

  private List<Path> exported() throws IOException {
    try (Stream<Path> all = Files.list(directory.resolve("exports"))) {
      return all.toList();
    }
  }

  @Test
  void writesTheDataAndNothingElse() throws IOException {
    assertThat(export()).isEqualTo(digests(data));
    assertThat(destination).hasBinaryContent(data);
    assertThat(exported()).containsExactly(destination);
    assertThat(registry.exported).containsExactly(TASK);
  }

  @Test
  void saysOfAnExportThatFailedThatNothingIsPublished() throws IOException {
    Files.write(destination, new byte[1]);

    assertThatThrownBy(this::export).isInstanceOf(RuntimeException.class);

    assertThat(registry.exported).isEmpty();
  }

  @Test
  void goesOnWhereItStopped() throws IOException {
    // Not the image's bytes, to show that they aren't written again but are hashed again.
    Files.write(partial, random(5000, 8));
    activity.remember(new TransferHeartbeat("transfer", 5000, 10_000L, 0, 1, from.key(), 0));
    failure(DataMismatch.class, this::export);
    assertThat(exported()).isEmpty();

    Files.write(partial, Arrays.copyOf(data, 6000));
    activity.remember(new TransferHeartbeat("transfer", 5000, 10_000L, 0, 1, from.key(), 0));
    assertThat(export()).isEqualTo(digests(data));
    assertThat(destination).hasBinaryContent(data);
  }

  @Test
  void replacesNothing() throws IOException {
    Files.writeString(destination, "somebody's");
    assertThat(failure(Conflict.class, this::export).getOriginalMessage())
        .contains("exists and was not written by task " + TASK);
    assertThat(destination).hasContent("somebody's");
    assertThat(exported()).containsExactly(destination);
  }

  @Test
  void replacesNothingThatAppearsMeanwhile() throws IOException {
    TransferConfig unlimited = config.withoutSizeLimit();
    String url = destination.toUri().toString();
    FileExportTarget target = new FileExportTarget(TASK, url, unlimited, () -> {});
    try (StoreWriter writer = target.create(null)) {
      Files.writeString(destination, "somebody's");
      assertThatThrownBy(writer::publish).isInstanceOf(Conflict.class);
    }
    assertThat(destination).hasContent("somebody's");
  }

  @Test
  void recognisesWhatItPublishedByTheUnfinishedName() throws IOException {
    Files.write(partial, data);
    Files.createLink(destination, partial);
    assertThat(export()).isEqualTo(digests(data));
    assertThat(exported()).containsExactly(destination);
  }

  @Test
  void recognisesWhatItPublishedByItsMark() throws IOException {
    assumeExtendedAttributes();
    export();
    assertThat(export()).isEqualTo(digests(data));
    assertThat(activity.last().step()).isEqualTo("verify");
    failure(Conflict.class, () -> export(OTHER_TASK, destination, OWNER));
  }

  @Test
  void discardsWhatItPublished() throws IOException {
    assumeExtendedAttributes();
    export();
    discard(OTHER_TASK);
    assertThat(exported()).containsExactly(destination);
    discard(TASK);
    discard(TASK);
    assertThat(exported()).isEmpty();
  }

  @Test
  void discardsWhatItPublishedButDidNotFinish() throws IOException {
    Files.write(partial, data);
    Files.createLink(destination, partial);
    discard(TASK);
    assertThat(exported()).isEmpty();
  }

  @Test
  void discardsOnlyItsOwn() throws IOException {
    Files.write(partial, data);
    Files.write(destination, data);
    discard(TASK);
    assertThat(exported()).containsExactly(destination);
  }

  @Test
  void discardsNothingWhereNothingCanHaveBeenWritten() {
    activities.discardExport(TASK, directory.resolve("elsewhere/x").toUri().toString());
    activities.discardExport(TASK, directory.resolve("exports/no/x").toUri().toString());
    activities.discardExport(TASK, "http://host/x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://other/vitrine/x",
        "s3://images/elsewhere/x",
        "s3://images/vitrine",
        "s3://images/x"
      })
  void writesToNoOtherBucket(String url) {
    exportBuckets =
        List.of(
            new S3StoreConfig(
                "out",
                "images",
                "vitrine/",
                null,
                URI.create("http://127.0.0.1:1"),
                true,
                8 << 20,
                null));
    configure(100_000, Duration.ofSeconds(60), true);
    assertThat(
            failure(
                    Forbidden.class,
                    () ->
                        activities.exportImage(
                            new ExportRequest(TASK, from.imageId(), url, OWNER), activity.next()))
                .getOriginalMessage())
        .contains("transfer.export-buckets");
  }

  @Test
  void writesNowhereElse() throws IOException {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(directory.resolve("exports/link"), elsewhere);
    for (Path bad : List.of(elsewhere.resolve("x"), link.resolve("x"))) {
      assertThat(failure(Forbidden.class, () -> export(TASK, bad, OWNER)).getOriginalMessage())
          .contains("transfer.export-roots");
    }
    Path missing = directory.resolve("exports/no/x");
    failure(Invalid.class, () -> export(TASK, missing, OWNER));
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void exportsNothingThatMayNotBeRead() throws IOException {
    failure(NotFound.class, () -> export(TASK, destination, Requester.member("eve", "stranger")));
    registry.image(from.imageId(), ImageStatus.DEACTIVATED, digests(data));
    failure(Forbidden.class, this::export);
    assertThat(export(TASK, destination, Requester.admin("root", "admin"))).isNotNull();
  }

  @Test
  void exportsNothingThatIsNotWhatIsRecorded() throws IOException {
    byte[] rotten = data.clone();
    rotten[5]++;
    Files.write(directory.resolve("store").resolve(from.key()), rotten);
    failure(DataMismatch.class, this::export);
    assertThat(exported()).isEmpty();
  }

  private void assumeExtendedAttributes() throws IOException {
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(
            directory.resolve("exports"), UserDefinedFileAttributeView.class);
    boolean supported = view != null;
    try {
      if (view != null) {
        view.list();
      }
    } catch (IOException e) {
      supported = false;
    }
    assumeThat(supported).isTrue();
  }

  @Test
  void refusesANameThatCannotBeRead() throws IOException {
    assertThat(failure(Invalid.class, () -> export(TASK, exports("a\nb.raw"), OWNER)).getMessage())
        .contains("U+000A");
    try (Stream<Path> files = Files.list(directory.resolve("exports"))) {
      assertThat(files).isEmpty();
    }
    activities.discardExport(TASK, exports("a\nb.raw").toUri().toString());
  }

  private Path exports(String name) {
    return directory.resolve("exports").resolve(name);
  }
}
