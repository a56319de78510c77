package dev.vitrine.transfer;

import static dev.vitrine.source.SampleData.digests;
import static dev.vitrine.source.SampleData.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.activity.Source;
import dev.vitrine.decompression.Decompression;
import dev.vitrine.decompression.DecompressionConfig;
import dev.vitrine.decompression.Packed;
import dev.vitrine.error.VitrineException.FormatRefused;
import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.error.VitrineException.TooLarge;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.inspect.DiskImages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The place of the decompression in the pass over the data. */
class DecompressedTransferTest extends TransferFixture {

  private static final long VIRTUAL = 3L << 30;

  private final byte[] image = DiskImages.qcow2(VIRTUAL);

  @BeforeEach
  void decompress() {
    decompression = new Decompression(new DecompressionConfig(1000, 1 << 20, 4 << 20));
    configure(1 << 20, Duration.ofSeconds(60), true);
    registry.declare(location.imageId(), "qcow2", "bare");
    server.data = Packed.by("gzip", image);
  }

  private Source.HeldStream held(byte[] sent) {
    return new Source.HeldStream(
        "queue", streams.hold(new ByteArrayInputStream(sent), (long) sent.length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "xz", "zstd"})
  void storesInspectsAndMeasuresWhatWasCompressed(String by) throws IOException {
    server.data = Packed.by(by, image);

    assertThat(transfer()).isEqualTo(digests(image).describing(VIRTUAL));

    assertStored(image);
    assertThat(activity.last().step()).isEqualTo("decompress");
    assertThat(activity.last().total()).isNull();
  }

  @Test
  void comparesDigestsOfWhatIsStored() throws IOException {
    ExpectedData exactly = ExpectedData.exactly(digests(image));
    assertThat(transfer(new Source.Url(server.url()), exactly).size()).isEqualTo(image.length);
    assertStored(image);
  }

  @Test
  void beginsAnewWhereItBroke() throws IOException {
    byte[] disk = random(50_000, 20);
    registry.declare(location.imageId(), "raw", "bare");
    server.data = Packed.by("gzip", disk);
    server.breaksAfter = 30_000;
    failure(Unavailable.class, this::transfer);
    assertThat(activity.last().bytes()).isPositive();
    server.breaksAfter = -1;

    assertThat(transfer()).isEqualTo(digests(disk).describing((long) disk.length));

    assertThat(server.requests).containsExactly("null null", "null null");
    assertStored(disk);
  }

  @Test
  void goesOnWithDataThatIsNotCompressed() throws IOException {
    server.data = image;
    server.breaksAfter = 4000;
    failure(Unavailable.class, this::transfer);
    assertThat(activity.last().step()).isEqualTo("transfer");
    server.breaksAfter = -1;

    assertThat(transfer()).isEqualTo(digests(image).describing(VIRTUAL));

    assertThat(server.requests).containsExactly("null null", "bytes=4000- \"v1\"");
  }

  @Test
  void decompressesWhatIsStaged() throws IOException {
    registry.image(location.imageId(), ImageStatus.UPLOADING, null);
    byte[] sent = Packed.by("zstd", data);
    ExpectedData declared = new ExpectedData((long) sent.length, null, null);

    assertThat(transfer(held(sent), declared))
        .isEqualTo(digests(data).describing((long) data.length));

    assertStored(data);
  }

  @Test
  void refusesAStageThatIsCutOff() throws IOException {
    registry.image(location.imageId(), ImageStatus.UPLOADING, null);
    byte[] sent = Packed.by("zstd", data);
    Source.HeldStream source =
        new Source.HeldStream(
            "queue",
            streams.hold(new ByteArrayInputStream(Arrays.copyOf(sent, 3000)), (long) sent.length));

    assertThat(failure(SourceUnusable.class, () -> transfer(source, ExpectedData.NONE)))
        .hasMessageContaining("ended after 3000 of %d bytes".formatted(sent.length));
    assertNothingStored();
  }

  @Test
  void leavesUploadsAndContainersThatSaySoAlone() throws IOException {
    byte[] sent = Packed.by("gzip", data);
    registry.declare(location.imageId(), "raw", "bare");
    assertThat(transfer(held(sent), ExpectedData.NONE).size()).isEqualTo(sent.length);
    assertStored(sent);

    location = registry.location("main", LocationStatus.PENDING);
    activity.forget();
    registry.declare(location.imageId(), "raw", "compressed");
    assertThat(transfer()).isEqualTo(digests(server.data));
    assertStored(server.data);
  }

  @Test
  void refusesTheWrongFormatWithinAndKeepsNothing() throws IOException {
    registry.declare(location.imageId(), "vmdk", "bare");
    assertThat(failure(FormatRefused.class, this::transfer)).hasMessageContaining("qcow2");
    assertNothingStored();
  }

  @Test
  void refusesABombAndKeepsNothing() throws IOException {
    registry.declare(location.imageId(), "raw", "bare");
    server.data = Packed.by("zstd", new byte[3 << 20]);
    configure(2 << 20, Duration.ofSeconds(60), true);
    assertThat(failure(TooLarge.class, this::transfer)).hasMessageContaining("decompression bomb");
    assertNothingStored();

    activity.forget();
    server.data = Packed.by("gzip", random(100_001, 21));
    configure(100_000, Duration.ofSeconds(60), true);
    assertThat(failure(TooLarge.class, this::transfer))
        .hasMessageContaining("exceed the limit of 100000 bytes");
    assertNothingStored();
  }

  @Test
  void refusesDamageForGood() throws IOException {
    server.data[server.data.length - 8] ^= 1;
    assertThat(failure(SourceUnusable.class, this::transfer))
        .hasMessageContaining("can't be decompressed");
    assertNothingStored();
  }

  @Test
  void looksAtTheBeginningUnderTheSameWatch() throws IOException {
    server.stallsAfter = 3;
    configure(1 << 20, Duration.ofMillis(50), true);
    assertThat(failure(Unavailable.class, this::transfer)).hasMessageContaining("sent nothing for");
    assertNothingStored();
  }
}
