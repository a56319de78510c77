package dev.vitrine.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PartBufferTest {

  private static final int CAPACITY = 150_000;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, CAPACITY})
  void givesBackWhatItTookIn(int size) throws Exception {
    byte[] data = bytes(size);
    PartBuffer buffer = new PartBuffer(CAPACITY);
    for (int i = 0; i < size; i += 40_000) {
      buffer.fill(ByteBuffer.wrap(data, i, Math.min(40_000, size - i)));
    }

    assertThat(buffer.size()).isEqualTo(size);
    assertThat(read(buffer)).isEqualTo(data);
    assertThat(read(buffer)).as("a second time").isEqualTo(data);
    assertThat(buffer.md5()).isEqualTo(MessageDigest.getInstance("MD5").digest(data));
  }

  @Test
  void takesNoMoreThanItHasRoomFor() throws IOException {
    byte[] data = bytes(CAPACITY + 7);
    ByteBuffer all = ByteBuffer.wrap(data);
    PartBuffer buffer = new PartBuffer(CAPACITY);
    buffer.fill(all);

    assertThat(buffer.isFull()).isTrue();
    assertThat(all.remaining()).isEqualTo(7);
    assertThat(read(buffer)).isEqualTo(Arrays.copyOf(data, CAPACITY));
  }

  @Test
  void isEmptyForTheNextPart() throws IOException {
    PartBuffer buffer = new PartBuffer(CAPACITY);
    buffer.fill(ByteBuffer.wrap(bytes(CAPACITY)));

    buffer.reset(2L * CAPACITY);
    buffer.fill(ByteBuffer.wrap(bytes(CAPACITY + 1)));

    assertThat(buffer.isFull()).isFalse();
    assertThat(read(buffer)).isEqualTo(bytes(CAPACITY + 1));
  }

  private static byte[] read(PartBuffer buffer) throws IOException {
    try (InputStream stream = buffer.stream()) {
      return stream.readAllBytes();
    }
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
