package dev.vitrine.decompression;

import static dev.vitrine.source.SampleData.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.error.VitrineException.TooLarge;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.source.OpenSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecompressionTest {

  private final Decompression decompression =
      new Decompression(DecompressionConfig.of(1000, Long.MAX_VALUE));

  private static OpenSource source(InputStream data, @Nullable Long size) {
    return new OpenSource("the source", data, 0, size, "\"v1\"", true);
  }

  private static OpenSource source(byte[] data) {
    return source(new ByteArrayInputStream(data), (long) data.length);
  }

  private byte[] read(OpenSource source) throws IOException {
    try (InputStream stream = decompression.decompressed(source).stream()) {
      return stream.readAllBytes();
    }
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "xz", "zstd"})
  void readsWhatWasCompressed(String by) throws IOException {
    for (byte[] data : new byte[][] {{}, random(1, 1), random(300_000, 2), new byte[500_000]}) {
      byte[] packed = Packed.by(by, data);
      OpenSource opened = decompression.decompressed(source(packed));
      assertThat(opened.display()).isEqualTo("the source, decompressed by " + by);
      assertThat(opened.size()).isNull();
      assertThat(Decompression.isOfDecompressed(opened.validator())).isTrue();
      assertThat(opened.stream().readAllBytes()).isEqualTo(data);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "xz", "zstd"})
  void readsAllParts(String by) throws IOException {
    byte[] first = random(70_000, 3);
    byte[] second = random(10, 4);
    byte[] packed = joined(Packed.by(by, first), Packed.by(by, second), Packed.by(by, first));
    assertThat(read(source(packed))).isEqualTo(joined(first, second, first));
    InputStream bytes = new ByteArrayInputStream(packed);
    InputStream slow =
        new InputStream() {
          @Override
          public int read() throws IOException {
            return bytes.read();
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            return bytes.read(into, offset, Math.min(length, 1));
          }
        };
    assertThat(read(source(slow, null))).isEqualTo(joined(first, second, first));
  }

  @Test
  void leavesAloneWhatIsNotCompressed() throws IOException {
    for (byte[] data :
        new byte[][] {{}, {0x1f}, {0x1f, (byte) 0x8b}, {'P', 'K', 3, 4}, random(9000, 5)}) {
      OpenSource opened = decompression.decompressed(source(data));
      assertThat(opened.display()).isEqualTo("the source");
      assertThat(opened.size()).isEqualTo(data.length);
      assertThat(opened.validator()).isEqualTo("\"v1\"");
      assertThat(opened.stream().readAllBytes()).isEqualTo(data);
    }
  }

  @Test
  void decompressesOnce() throws IOException {
    byte[] inner = Packed.by("gzip", random(100, 6));
    assertThat(read(source(Packed.by("xz", inner)))).isEqualTo(inner);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "xz", "zstd"})
  void tellsASourceThatBrokeOffFromDataThatIsCutOff(String by) {
    byte[] whole = Packed.by(by, random(50_000, 7));
    byte[] part = Arrays.copyOf(whole, 20_000);
    assertThatThrownBy(() -> read(source(new ByteArrayInputStream(part), (long) whole.length)))
        .isInstanceOf(Unavailable.class)
        .hasMessage("the source ended after 20000 of %d bytes", whole.length);
    assertThatThrownBy(() -> read(source(part)))
        .isInstanceOf(SourceUnusable.class)
        .hasMessageStartingWith("the source can't be decompressed: of its " + by + " data, ")
        .hasMessageContaining("after 20000 bytes");
    assertThatThrownBy(() -> read(source(new ByteArrayInputStream(whole), 20_000L)))
        .isInstanceOf(Unavailable.class)
        .hasMessage("the source gave more than the 20000 bytes it announced");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "xz", "zstd"})
  void refusesDamageAndWhatFollows(String by) {
    byte[] packed = Packed.by(by, random(50_000, 8));
    byte[] damaged = packed.clone();
    damaged[25_000] ^= 1;
    assertThatThrownBy(() -> read(source(damaged))).isInstanceOf(SourceUnusable.class);
    byte[] longer = Arrays.copyOf(packed, packed.length + 7);
    longer[packed.length + 3] = 'x';
    assertThatThrownBy(() -> read(source(longer))).isInstanceOf(SourceUnusable.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5, 8})
  void refusesAnotherChecksumOrLength(int fromTheEnd) {
    byte[] packed = Packed.by("gzip", random(1000, 9));
    packed[packed.length - fromTheEnd] ^= 1;
    assertThatThrownBy(() -> read(source(packed)))
        .isInstanceOf(SourceUnusable.class)
        .hasMessageContaining("its checksum or length is another one");
  }

  @Test
  void readsHeadersWithEverythingInThem() throws IOException {
    byte[] data = random(1000, 10);
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(data);
    deflater.finish();
    byte[] deflated = new byte[2000];
    int length = deflater.deflate(deflated);
    deflater.end();
    CRC32 crc = new CRC32();
    crc.update(data);
    byte[] trailer =
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt((int) crc.getValue())
            .putInt(data.length)
            .array();
    byte[] packed =
        joined(
            new byte[] {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 1, 2, 3, 4, 0, 3, 3, 0, 7, 7, 7},
            "name\0comment\0cc".getBytes(StandardCharsets.US_ASCII),
            Arrays.copyOf(deflated, length),
            trailer);
    assertThat(read(source(packed))).isEqualTo(data);
  }

  @Test
  void refusesWhatTakesTooMuchMemory() {
    byte[] xz = Packed.by("xz", random(1000, 11));
    int filter = 14;
    assertThat(xz[filter]).isEqualTo((byte) 0x21);
    xz[filter + 2] = 37; // A dictionary of 1.5 GiB.
    int header = (xz[12] + 1) * 4;
    CRC32 crc = new CRC32();
    crc.update(xz, 12, header - 4);
    ByteBuffer.wrap(xz)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(12 + header - 4, (int) crc.getValue());
    assertThatThrownBy(() -> read(source(xz)))
        .isInstanceOf(SourceUnusable.class)
        .hasMessageContaining("memory");

    byte[] zstd = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, (byte) (18 << 3), 1, 0, 0};
    assertThatThrownBy(() -> read(source(zstd)))
        .isInstanceOf(SourceUnusable.class)
        .hasMessageContaining("memory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "xz", "zstd"})
  void refusesABombAndNothingThatIsFree(String by) throws IOException {
    int length = 1 << 20;
    byte[] packed = Packed.by(by, new byte[length]);
    int ratio = 2;
    assertThatThrownBy(
            () -> bounded(ratio, length - 1).decompressed(source(packed)).stream().readAllBytes())
        .isInstanceOf(TooLarge.class)
        .hasMessageStartingWith("the source is a decompression bomb: ")
        .hasMessageContaining("imports.max-decompression-ratio");
    assertThat(bounded(ratio, length).decompressed(source(packed)).stream().readAllBytes())
        .hasSize(length);
  }

  @Test
  void boundsTheSize() throws IOException {
    byte[] packed = Packed.by("gzip", random(1000, 14));
    assertThatThrownBy(
            () ->
                new Decompression(new DecompressionConfig(1, 0, 999))
                    .decompressed(source(packed)).stream().readAllBytes())
        .isInstanceOf(TooLarge.class)
        .hasMessage("the source: its gzip data comes to more than the 999 bytes an image may have");
    assertThat(
            new Decompression(new DecompressionConfig(1, 0, 1000))
                .decompressed(source(packed)).stream().readAllBytes())
        .hasSize(1000);
  }

  @Test
  void takesARatioUpToTheLimit() throws IOException {
    byte[] data = random(100_000, 12);
    byte[] packed = Packed.by("gzip", data);
    assertThat(bounded(1, 0).decompressed(source(packed)).stream().readAllBytes()).isEqualTo(data);
  }

  private static Decompression bounded(int ratio, long free) {
    return new Decompression(new DecompressionConfig(ratio, free, Long.MAX_VALUE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "xz", "zstd"})
  void canBeClosedWhileItWaits(String by) throws Exception {
    byte[] packed = Packed.by(by, random(10_000, 13));
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    InputStream stalling =
        new InputStream() {
          private final InputStream bytes = new ByteArrayInputStream(packed, 0, 5000);

          @Override
          public int read() {
            throw new AssertionError("byte by byte");
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            int read = bytes.read(into, offset, length);
            if (read < 0) {
              waiting.countDown();
              await(closed);
              throw new IOException("closed under it");
            }
            return read;
          }

          @Override
          public void close() {
            closed.countDown();
          }
        };
    InputStream stream = decompression.decompressed(source(stalling, null)).stream();
    CompletableFuture<Integer> reader =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return stream.readAllBytes().length;
              } catch (IOException e) {
                throw new CompletionException(e);
              }
            });
    assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
    stream.close();
    assertThatThrownBy(() -> reader.get(30, TimeUnit.SECONDS))
        .hasRootCauseMessage("closed under it");
    assertThatThrownBy(stream::read).isInstanceOf(IOException.class).hasMessage("closed");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
