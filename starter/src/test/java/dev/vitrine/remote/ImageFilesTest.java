package dev.vitrine.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.DataMismatch;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.fake.FakeImageApi;
import dev.vitrine.image.ImageData;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data on its way to a server. */
class ImageFilesTest {

  private final FakeImageApi server = FakeImageApi.start();
  private final ImageApi api = new ImageApi(RemoteSettings.of(URI.create(server.url())));
  private final UUID id = server.images().addQueued("x");

  @TempDir private Path dir;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void sendsAFileAndComparesItsDigests() throws IOException {
    byte[] data = random(700_000);
    Path file = Files.write(dir.resolve("x.img"), data);
    List<Long> reported = new ArrayList<>();

    ImageData sent =
        api.files().upload(id, UploadSource.ofFile(file), (bytes, total) -> reported.add(bytes));

    assertThat(sent).isEqualTo(UploadSource.ofFile(file).measure());
    RemoteImage image = api.files().verify(id, sent);
    assertThat(image.status()).isEqualTo("active");
    assertThat(image.size()).isEqualTo(700_000);
    assertThat(image.hashValue()).isEqualTo(sent.sha512());
    assertThat(reported).isSorted().last().isEqualTo(700_000L);
  }

  @Test
  void theReadmesExampleRuns() throws IOException {
    Path file = Files.write(dir.resolve("jammy.img"), random(1000));
    Path copy = dir.resolve("copy.img");

    SavedFile saved = ApiExample.uploadAndSave(Map.of("VITRINE_API", server.url()), file, copy);

    assertThat(saved.verified()).isTrue();
    assertThat(copy).hasSameBinaryContentAs(file);
  }

  @Test
  void sendsAStreamOfUnknownLengthAndNothingAtAll() {
    byte[] data = random(300_001);

    ImageData sent =
        api.files()
            .upload(
                id, UploadSource.ofStream(new ByteArrayInputStream(data)), TransferListener.NONE);
    assertThat(api.files().verify(id, sent).size()).isEqualTo(300_001);

    UUID empty = server.images().addQueued("empty");
    api.files()
        .upload(empty, UploadSource.ofStream(InputStream.nullInputStream()), TransferListener.NONE);
    assertThat(api.images().show(empty).size()).isZero();
  }

  @Test
  void noticesThatTheServerHasSomethingElse() {
    server.flipsBits = true;

    ImageData sent =
        api.files()
            .upload(
                id, UploadSource.ofStream(new ByteArrayInputStream(random(9))), (bytes, all) -> {});

    assertThatThrownBy(() -> api.files().verify(id, sent))
        .isInstanceOf(DataMismatch.class)
        .hasMessageContaining("MD5 " + sent.checksum());
  }

  @Test
  void isRefusedForAnImageThatHasDataOrIsNotThere() {
    UUID active = server.images().addActive("x", new byte[1]);
    UploadSource source = UploadSource.ofStream(new ByteArrayInputStream(new byte[1]));

    assertThatThrownBy(() -> api.files().upload(active, source, TransferListener.NONE))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("from active to saving");
    assertThatThrownBy(() -> api.files().upload(UUID.randomUUID(), source, TransferListener.NONE))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void aFileThatIsNotThereIsInvalid() {
    assertThatThrownBy(() -> UploadSource.ofFile(dir.resolve("none")))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("none");
  }

  @Test
  void anImageThatIsDeletedMeanwhileIsToldBeforeAllIsSent() {
    server.deletesAfter = 100_000;
    ImageFiles impatient = impatient();

    assertThatThrownBy(
            () -> impatient.upload(id, UploadSource.ofStream(new Endless()), TransferListener.NONE))
        .isInstanceOf(NotFound.class)
        .hasMessage("upload of image %s: the image was deleted meanwhile".formatted(id));
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  private ImageFiles impatient() {
    Transport transport = new Transport();
    RemoteSettings settings = RemoteSettings.of(URI.create(server.url()));
    return new ImageFiles(
        new ApiRequests(transport, new ApiSession(settings, transport)), Duration.ofMillis(5));
  }

  static byte[] random(int length) {
    byte[] data = new byte[length];
    new Random(length).nextBytes(data);
    return data;
  }

  /** Data without an end. */
  private static final class Endless extends InputStream {
    @Override
    public int read() {
      return 0;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      return length;
    }

    @Override
    public int available() {
      return Integer.MAX_VALUE;
    }
  }
}
