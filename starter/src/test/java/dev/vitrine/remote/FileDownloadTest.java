package dev.vitrine.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.DataMismatch;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.fake.FakeImageApi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data on its way here, over connections that break. */
class FileDownloadTest {

  private static final byte[] DATA = ImageFilesTest.random(600_000);
  private static final DownloadRetries ONCE = new DownloadRetries(1, Duration.ZERO);
  private static final DownloadRetries TWICE = new DownloadRetries(2, Duration.ZERO);

  private final FakeImageApi server = FakeImageApi.start();
  private final ImageApi api = new ImageApi(RemoteSettings.of(URI.create(server.url())));
  private final UUID id = server.images().addActive("x", DATA);
  private final List<Long> reported = new ArrayList<>();

  @TempDir private Path dir;
  private Path target;
  private Path part;

  @BeforeEach
  void name() {
    target = dir.resolve("x.img");
    part = dir.resolve("x.img.part");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void savesAnImageAndLeavesNothingBesideIt() {
    assertThat(save(ONCE)).isEqualTo(new SavedFile(600_000, 0, true));

    assertThat(target).hasBinaryContent(DATA);
    assertThat(dir).isDirectoryNotContaining("glob:**.part*");
    assertThat(reported).isSorted().last().isEqualTo(600_000L);
  }

  @Test
  void goesOnByItselfFromWhereTheConnectionBroke() {
    server.truncateNextDownloadAfter(100_000);
    server.truncateNextDownloadAfter(50_000);

    assertThat(save(TWICE)).isEqualTo(new SavedFile(600_000, 0, true));

    assertThat(target).hasBinaryContent(DATA);
    assertThat(ranges()).containsExactly(file(""), file(" bytes=100000-"), file(" bytes=150000-"));
    assertThat(reported).isSorted();
  }

  @Test
  void keepsWhatArrivedForTheNextCommand() {
    server.truncateNextDownloadAfter(100_000);
    server.truncateNextDownloadAfter(0);

    assertThatThrownBy(() -> save(ONCE))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("100000 bytes are kept in " + part);
    assertThat(target).doesNotExist();
    assertThat(part).hasSize(100_000);

    assertThat(save(ONCE)).isEqualTo(new SavedFile(600_000, 100_000, true));
    assertThat(target).hasBinaryContent(DATA);
    assertThat(ranges().get(2)).isEqualTo(file(" bytes=100000-"));
    assertThat(reported.get(reported.size() - 1)).isEqualTo(600_000);
  }

  @Test
  void needsNoServerForDataThatIsAllHere() throws IOException {
    server.truncateNextDownloadAfter(100_000);
    server.truncateNextDownloadAfter(0);
    assertThatThrownBy(() -> save(ONCE)).isInstanceOf(Unavailable.class);
    Files.write(part, DATA);

    assertThat(save(ONCE)).isEqualTo(new SavedFile(600_000, 600_000, true));

    assertThat(ranges()).hasSize(2);
    assertThat(target).hasBinaryContent(DATA);
  }

  @Test
  void dropsThePartOfAnotherImage() {
    server.truncateNextDownloadAfter(100_000);
    server.truncateNextDownloadAfter(0);
    assertThatThrownBy(() -> save(ONCE)).isInstanceOf(Unavailable.class);
    byte[] other = ImageFilesTest.random(200_000);
    UUID another = server.images().addActive("y", other);

    assertThat(save(another, false, ONCE)).isEqualTo(new SavedFile(200_000, 0, true));

    assertThat(target).hasBinaryContent(other);
  }

  @Test
  void dropsAPartThatSomebodyLeftWithoutANote() throws IOException {
    Files.write(part, new byte[10]);

    assertThat(save(ONCE)).isEqualTo(new SavedFile(600_000, 0, true));

    assertThat(target).hasBinaryContent(DATA);
  }

  @Test
  void beginsAgainWhereTheServerDoesNotKnowRanges() {
    server.ignoresRanges = true;
    server.truncateNextDownloadAfter(100_000);

    assertThat(save(TWICE)).isEqualTo(new SavedFile(600_000, 0, true));

    assertThat(target).hasBinaryContent(DATA);
  }

  @Test
  void dataWithAnotherDigestIsRemoved() {
    server.images().find(id.toString()).field("os_hash_value", "0".repeat(128));

    assertThatThrownBy(() -> save(ONCE))
        .isInstanceOf(DataMismatch.class)
        .hasMessageContaining("SHA-512")
        .hasMessageContaining("0".repeat(128));

    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void comparesTheMd5OfAServerThatKnowsNoOtherDigest() {
    server.images().find(id.toString()).field("os_hash_value", null);
    server.images().find(id.toString()).field("checksum", "0".repeat(32));

    assertThatThrownBy(() -> save(ONCE))
        .isInstanceOf(DataMismatch.class)
        .hasMessageContaining("MD5");
  }

  @Test
  void saysThatNothingWasComparedWhereThereIsNoDigest() {
    server.images().find(id.toString()).field("os_hash_value", null);
    server.images().find(id.toString()).field("checksum", null);

    assertThat(save(ONCE).verified()).isFalse();
  }

  @Test
  void replacesAFileOnlyIfToldTo() throws IOException {
    Files.writeString(target, "precious");

    assertThatThrownBy(() -> save(ONCE))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("--force");
    assertThat(target).hasContent("precious");
    assertThat(server.requests()).hasSize(1);

    assertThat(save(id, true, ONCE).bytes()).isEqualTo(600_000);
    assertThat(target).hasBinaryContent(DATA);
  }

  @Test
  void oneFileIsFilledByOne() throws IOException {
    RemoteImage image = api.images().show(id);
    try (PartFile held = PartFile.open(target, image)) {
      assertThatThrownBy(() -> save(ONCE))
          .isInstanceOf(Conflict.class)
          .hasMessageContaining(held.path().toString());
    }
  }

  @Test
  void anImageThatIsGoneIsNotTriedAgain() {
    RemoteImage image = api.images().show(id);
    api.images().delete(id);

    assertThatThrownBy(() -> api.files().save(image, target, false, TWICE, TransferListener.NONE))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void writesToAStreamOverABreak() {
    server.truncateNextDownloadAfter(100_000);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    SavedFile saved = api.files().save(api.images().show(id), out, TWICE, TransferListener.NONE);

    assertThat(saved).isEqualTo(new SavedFile(600_000, 0, true));
    assertThat(out.toByteArray()).isEqualTo(DATA);
  }

  private SavedFile save(DownloadRetries persistence) {
    return save(id, false, persistence);
  }

  private SavedFile save(UUID image, boolean overwrite, DownloadRetries persistence) {
    return api.files()
        .save(
            api.images().show(image),
            target,
            overwrite,
            persistence,
            (bytes, total) -> reported.add(bytes));
  }

  private String file(String range) {
    return "GET /v2/images/%s/file%s".formatted(id, range);
  }

  private List<String> ranges() {
    return server.requests().stream().filter(one -> one.contains("/file")).toList();
  }
}
