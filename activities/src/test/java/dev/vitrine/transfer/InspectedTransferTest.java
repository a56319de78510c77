package dev.vitrine.transfer;

import static dev.vitrine.source.SampleData.digests;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.activity.Source;
import dev.vitrine.error.VitrineException.FormatRefused;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.image.Location;
import dev.vitrine.image.LocationStatus;
import dev.vitrine.inspect.DiskImages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The place of the inspection in the pass over the data. */
class InspectedTransferTest extends TransferFixture {

  private static final long VIRTUAL = 3L << 30;

  @BeforeEach
  void useAnImage() {
    use(DiskImages.qcow2(VIRTUAL));
  }

  private void use(byte[] image) {
    data = image;
    server.data = image;
    configure(1 << 20, Duration.ofSeconds(60), true);
  }

  private Source upload() {
    return new Source.HeldStream("queue", streams.hold(new ByteArrayInputStream(data), null));
  }

  private void declare(String diskFormat) {
    registry.declare(location.imageId(), diskFormat, "bare");
  }

  @Test
  void notesTheSizeOfTheDiskWithTheDigests() throws IOException {
    declare("qcow2");
    ImageData transferred = transfer();

    assertThat(transferred).isEqualTo(digests(data).describing(VIRTUAL));
    assertThat(registry.measured).containsEntry(location.id(), transferred);
    assertStored(data);
  }

  @Test
  void refusesAnotherFormatThanWasDeclaredAndKeepsNothing() throws IOException {
    declare("raw");

    assertThat(failure(FormatRefused.class, this::transfer).getOriginalMessage())
        .isEqualTo(
            "image %s: its disk_format is raw, but the data is qcow2; upload data of that format, or set disk_format to qcow2"
                .formatted(location.imageId()));
    assertNothingStored();
    assertThat(registry.measured).isEmpty();
  }

  @Test
  void refusesAnUploadWithoutReadingTheRest() throws IOException {
    declare("vmdk");
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            throw new AssertionError("read on");
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            return read();
          }
        };
    InputStream stream =
        new SequenceInputStream(new ByteArrayInputStream(data, 0, 40_000), endless);
    Source source = new Source.HeldStream("queue", streams.hold(stream, null));

    failure(FormatRefused.class, () -> transfer(source, ExpectedData.NONE));
    assertNothingStored();
  }

  @Test
  void refusesWhatOnlyTheEndOfTheDataTells() throws IOException {
    byte[] footer = Arrays.copyOfRange(DiskImages.vhd(VIRTUAL), 4096, 4608);
    use(ByteBuffer.allocate(data.length + 512).put(data).put(footer).array());
    declare("qcow2");

    assertThat(failure(FormatRefused.class, () -> transfer(upload(), ExpectedData.NONE)))
        .hasMessageContaining("type 3");
    assertNothingStored();
  }

  @Test
  void looksAtWhatIsDurableAgainWhereItGoesOn() throws IOException {
    declare("qcow2");
    leaveUnfinished(data, 2000, (long) data.length, "\"v1\"");

    assertThat(transfer()).isEqualTo(digests(data).describing(VIRTUAL));
    assertThat(server.requests).containsExactly("bytes=2000- \"v1\"");
  }

  @Test
  void goesOnLookingWhereTheSameProcessGoesOn() throws IOException {
    declare("qcow2");
    // Before the header is whole, so that it is known only to whoever saw its beginning.
    server.breaksAfter = 90;
    failure(Unavailable.class, this::transfer);
    server.breaksAfter = -1;
    Path partial = directory.resolve("store/.partial").resolve(location.key());
    Files.write(partial, new byte[90]); // Nobody reads it again.

    assertThat(transfer()).isEqualTo(digests(data).describing(VIRTUAL));
    assertThat(server.requests).containsExactly("null null", "bytes=90- \"v1\"");
  }

  @Test
  void looksAtWhatWasPublishedAgain() {
    declare("qcow2");
    ImageData first = transfer();
    assertThat(transfer()).isEqualTo(first);
    declare("iso");
    failure(FormatRefused.class, this::transfer);
  }

  @Test
  void inspectsAClone() {
    UUID source = UUID.randomUUID();
    declare("qcow2");
    ImageData original = transfer();
    registry.setStatus(location, LocationStatus.ACTIVE);
    Location stored = registry.locations.get(location.id());
    registry.put(
        new Location(
            stored.id(), source, "main", stored.key(), LocationStatus.ACTIVE, Instant.EPOCH));
    registry.image(source, ImageStatus.ACTIVE, original);
    location = registry.location("main", LocationStatus.PENDING);
    declare("vdi");

    failure(FormatRefused.class, () -> transfer(new Source.OfImage(source), ExpectedData.NONE));
    declare("qcow2");
    assertThat(transfer(new Source.OfImage(source), ExpectedData.NONE)).isEqualTo(original);
  }

  @Test
  void doesNotLookIntoContainers() {
    registry.declare(location.imageId(), "raw", "ova");
    assertThat(transfer()).isEqualTo(digests(data));
  }

  @Test
  void looksAtNothingWhereThatIsSwitchedOff() {
    inspectFormats = false;
    configure(1 << 20, Duration.ofSeconds(60), true);
    declare("raw");
    assertThat(transfer()).isEqualTo(digests(data));
  }
}
