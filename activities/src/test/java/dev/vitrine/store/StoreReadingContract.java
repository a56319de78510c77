package dev.vitrine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.Unavailable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store does that has data, whether or not it takes any. */
public abstract class StoreReadingContract {

  private final String image = UUID.randomUUID().toString();

  /** A key that nothing else in the test has. */
  protected final String key = anotherKey();

  /** The store under test, empty at first. */
  protected abstract Store store();

  /** Puts data into the store, by whatever way it comes there. */
  protected abstract void publish(String aKey, byte[] data);

  /** The bytes in which the store keeps data; sizes around it are tried. 1 if it has no parts. */
  protected abstract int part();

  /** Another key, of the same image. */
  protected final String anotherKey() {
    return image + "/" + UUID.randomUUID();
  }

  /** Sizes at which something may go wrong. */
  protected final IntStream sizes() {
    int part = part();
    return IntStream.of(0, 1, part - 1, part, part + 1, 2 * part, 2 * part + 1)
        .filter(size -> size >= 0)
        .distinct();
  }

  /** So many bytes, different for each size. */
  protected static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  protected final byte[] read(String aKey) {
    return read(aKey, 0);
  }

  protected final byte[] read(String aKey, long offset) {
    try (InputStream stream = store().open(aKey, offset)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void givesBackDataOfEverySize() {
    sizes()
        .forEach(
            size -> {
              String one = anotherKey();
              publish(one, bytes(size));

              assertThat(store().size(one)).hasValue(size);
              assertThat(read(one)).isEqualTo(bytes(size));
            });
  }

  @Test
  void givesBackDataFromEveryByteOn() {
    int size = 2 * part() + 1;
    byte[] data = bytes(size);
    publish(key, data);

    sizes()
        .forEach(
            from ->
                assertThat(read(key, from))
                    .as("from byte %d", from)
                    .isEqualTo(Arrays.copyOfRange(data, from, size)));
    assertThat(read(key, size)).isEmpty();
  }

  @Test
  void readsFromAnywhereInAnyOrder() {
    int size = 2 * part() + 1;
    byte[] data = bytes(size);
    publish(key, data);

    try (StoreReader reader = store().reader(key)) {
      assertThat(reader.size()).isEqualTo(size);
      for (int from : new int[] {size - 1, 0, part(), size / 2, part() - 1}) {
        int length = Math.min(part() + 1, size - from);
        assertThat(range(reader, from, length))
            .as("from byte %d", from)
            .isEqualTo(ByteBuffer.wrap(data, from, length));
      }
      assertThat(reader.read(ByteBuffer.allocate(1), size)).isEqualTo(-1);
      assertThat(reader.read(ByteBuffer.allocate(1), size + 1L)).isEqualTo(-1);
    }
  }

  /** A read may give less than there is room for, so long as it gives something. */
  private static ByteBuffer range(StoreReader reader, long from, int length) {
    ByteBuffer into = ByteBuffer.allocateDirect(length);
    while (into.hasRemaining()) {
      assertThat(reader.read(into, from + into.position())).isPositive();
    }
    return into.flip();
  }

  @Test
  void readsNothingOfNoBytes() {
    publish(key, bytes(0));

    try (StoreReader reader = store().reader(key)) {
      assertThat(reader.size()).isZero();
      assertThat(reader.read(ByteBuffer.allocate(1), 0)).isEqualTo(-1);
    }
  }

  @Test
  void readsNothingWithAReaderThatIsClosed() {
    publish(key, bytes(1));
    StoreReader reader = store().reader(key);
    reader.close();
    reader.close();

    assertThatThrownBy(() -> reader.read(ByteBuffer.allocate(1), 0))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void saysWhatItHasNothingUnder() {
    assertThat(store().size(key)).isEmpty();
    assertThatThrownBy(() -> read(key)).isInstanceOf(NotFound.class).hasMessageContaining(key);
    assertThatThrownBy(() -> store().reader(key).close())
        .isInstanceOf(NotFound.class)
        .hasMessageStartingWith("store '%s' has nothing under %s".formatted(store().name(), key));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "..",
        "../../etc/passwd",
        ".partial/x",
        "/etc/passwd",
        "11111111-1111-1111-1111-111111111111",
        "11111111-1111-1111-1111-111111111111/../x",
        "11111111-1111-1111-1111-111111111111/11111111-1111-1111-1111-111111111111/x"
      })
  void refusesToReadKeysOfAnotherForm(String bad) {
    assertThatThrownBy(() -> store().size(bad)).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> read(bad)).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> store().reader(bad).close()).isInstanceOf(Invalid.class);
  }
}
