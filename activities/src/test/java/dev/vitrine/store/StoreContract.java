package dev.vitrine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.error.VitrineException.Unavailable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store does that takes data, with unfinished data that outlives its writer. */
public abstract class StoreContract extends StoreReadingContract {

  @Override
  protected abstract SupportsResume store();

  /** The same store as another process has it, once the first one's is gone. */
  protected abstract SupportsResume another();

  @Override
  protected final void publish(String aKey, byte[] data) {
    try (StoreWriter writer = store().create(aKey, (long) data.length)) {
      writer.write(ByteBuffer.wrap(data));
      writer.publish();
    }
  }

  /** Leaves unfinished data, and says how much of it is durable. */
  private Unfinished leave(byte[] data) {
    try (StoreWriter writer = store().create(key)) {
      writer.write(ByteBuffer.wrap(data));
      return new Unfinished(writer.token(), writer.sync());
    }
  }

  private record Unfinished(@Nullable String token, long durable) {}

  /** Bytes of a write that is small beside a part. */
  private int step() {
    return Math.max(1, part() / 5);
  }

  private ByteBuffer slice(byte[] data, int from) {
    return ByteBuffer.wrap(data, from, Math.min(step(), data.length - from));
  }

  @Test
  void showsNothingUntilItIsPublished() {
    byte[] data = bytes(part() + 1);
    try (StoreWriter writer = store().create(key)) {
      for (int i = 0; i < data.length; i += step()) {
        writer.write(slice(data, i));
      }
      assertThat(writer.position()).isEqualTo(data.length);
      assertThat(store().size(key)).isEmpty();
      assertThat(store().confirm(key)).isFalse();
      assertThatThrownBy(() -> read(key)).isInstanceOf(NotFound.class);
      writer.publish();
    }
    assertThat(store().confirm(key)).isTrue();
    assertThat(read(key)).isEqualTo(data);
    assertThat(another().size(key)).hasValue(data.length);
  }

  @Test
  void takesDataOfKnownSizeAndMoreThanItWasTold() {
    byte[] data = bytes(3 * part());
    for (Long told : new Long[] {null, 0L, 1L, (long) data.length, 1_000_000L * part()}) {
      String one = anotherKey();
      try (StoreWriter writer = store().create(one, told)) {
        writer.write(ByteBuffer.wrap(data));
        writer.publish();
      }
      assertThat(read(one)).as("told %s", told).isEqualTo(data);
    }
  }

  @Test
  void takesDataFromTheMiddleOfAnyBuffer() {
    byte[] data = bytes(2 * part() + 1);
    ByteBuffer direct = ByteBuffer.allocateDirect(data.length).put(data).flip();
    try (StoreWriter writer = store().create(key)) {
      ByteBuffer head = ByteBuffer.wrap(data, 0, part());
      writer.write(head);
      writer.write(direct.position(part()));
      assertThat(head.hasRemaining()).isFalse();
      assertThat(direct.hasRemaining()).isFalse();
      writer.publish();
    }
    assertThat(read(key)).isEqualTo(data);
  }

  @Test
  void makesAllButTheLastPartDurable() {
    byte[] data = bytes(2 * part() + 1);
    try (StoreWriter writer = store().create(key)) {
      long before = 0;
      for (int i = 0; i < data.length; i += step()) {
        writer.write(slice(data, i));
        long durable = writer.sync();
        assertThat(durable).isBetween(before, writer.position());
        assertThat(durable).isGreaterThan(writer.position() - part());
        before = durable;
      }
      assertThat(writer.sync()).isEqualTo(before);
    }
  }

  @Test
  void goesOnInAnotherProcessFromWhateverWasDurable() {
    byte[] data = bytes(3 * part() + 1);
    sizes()
        .forEach(
            written -> {
              Unfinished left = leave(Arrays.copyOf(data, written));
              SupportsResume there = another();
              assertThat(there.unfinished(key, left.token()))
                  .isBetween(left.durable(), (long) written);

              try (StoreWriter writer = there.resume(key, left.token(), left.durable())) {
                assertThat(writer.token()).isEqualTo(left.token());
                assertThat(writer.position()).isEqualTo(left.durable());
                int from = (int) left.durable();
                writer.write(ByteBuffer.wrap(data, from, data.length - from));
                writer.publish();
              }
              assertThat(read(key)).as("after %d bytes", written).isEqualTo(data);
              store().delete(key);
            });
  }

  @Test
  void goesOnFromWhatWasReportedThoughMoreIsThere() {
    byte[] data = bytes(2 * part() + 1);
    Set<Long> reported = new TreeSet<>();
    String token;
    try (StoreWriter writer = store().create(key)) {
      token = writer.token();
      reported.add(writer.sync());
      byte[] other = bytes(data.length + 1);
      for (int i = 0; i < data.length; i += step()) {
        writer.write(slice(other, i));
        reported.add(writer.sync());
      }
    }
    // The last first: what follows a place that is gone on from is no longer there.
    Long[] places = reported.toArray(Long[]::new);
    for (int i = places.length - 1; i >= 0; i--) {
      try (StoreWriter writer = store().resume(key, token, places[i])) {
        assertThat(writer.position()).isEqualTo(places[i]);
      }
    }
    try (StoreWriter writer = store().resume(key, token, 0)) {
      writer.write(ByteBuffer.wrap(data));
      writer.publish();
    }
    assertThat(read(key)).isEqualTo(data);
  }

  @Test
  void doesNotGoOnFromMoreThanThereIs() {
    Unfinished left = leave(bytes(part()));

    assertThatThrownBy(() -> store().resume(key, left.token(), left.durable() + part()).close())
        .isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> store().resume(anotherKey(), left.token(), part()).close())
        .isInstanceOf(Unavailable.class);
    assertThat(store().unfinished(anotherKey(), null)).isZero();
  }

  @Test
  void givesAShortToken() {
    try (StoreWriter writer = store().create(key)) {
      String token = writer.token();
      assertThat(token == null ? 0 : token.length()).isLessThanOrEqualTo(StoreWriter.LONGEST_TOKEN);
      writer.write(ByteBuffer.wrap(bytes(part())));
      writer.sync();
      assertThat(writer.token()).isEqualTo(token);
    }
  }

  @Test
  void beginsAnewWhateverIsUnfinished() {
    leave(bytes(2 * part()));

    publish(key, bytes(1));

    assertThat(read(key)).isEqualTo(bytes(1));
  }

  @Test
  void writesNothingUnderAPublishedKey() {
    publish(key, bytes(1));

    assertThatThrownBy(() -> store().create(key).close()).isInstanceOf(Conflict.class);
    assertThat(read(key)).isEqualTo(bytes(1));
  }

  @Test
  void publishesOnceHoweverOftenItIsAsked() {
    try (StoreWriter writer = store().create(key)) {
      writer.write(ByteBuffer.wrap(bytes(part())));
      writer.publish();
      writer.publish();
      writer.discard();
    }
    assertThat(read(key)).isEqualTo(bytes(part()));
    assertThat(store().confirm(key)).isTrue();
    assertThat(another().confirm(key)).isTrue();
  }

  @Test
  void discardsHoweverOftenItIsAskedAndNothingOfASuccessor() {
    StoreWriter writer = store().create(key);
    writer.write(ByteBuffer.wrap(bytes(2 * part())));
    String token = writer.token();
    writer.discard();
    assertThat(store().unfinished(key, token)).isZero();

    Unfinished successor = leave(bytes(2 * part()));
    writer.discard();
    writer.close();
    assertThat(store().unfinished(key, successor.token())).isPositive();
  }

  @Test
  void deletesWhateverThereIsHoweverOftenItIsAsked() {
    store().delete(key);
    Unfinished left = leave(bytes(2 * part()));
    store().delete(key);
    assertThat(store().unfinished(key, left.token())).isZero();
    publish(key, bytes(1));
    store().delete(key);
    store().delete(key);
    assertThat(store().size(key)).isEmpty();
    assertThat(store().confirm(key)).isFalse();
  }

  @Test
  void publishesNothingThatWasDeletedMeanwhile() {
    try (StoreWriter writer = store().create(key)) {
      writer.write(ByteBuffer.wrap(bytes(2 * part())));
      store().delete(key);
      assertThatThrownBy(writer::publish).isInstanceOf(Unavailable.class);
    }
    assertThat(store().size(key)).isEmpty();
  }

  @Test
  void keepsUnfinishedDataOfOneKeyFromAnother() {
    String other = anotherKey();
    try (StoreWriter mine = store().create(key);
        StoreWriter yours = store().create(other)) {
      mine.write(ByteBuffer.wrap(bytes(part())));
      yours.write(ByteBuffer.wrap(bytes(part() + 1)));
      mine.publish();
      yours.discard();
    }
    assertThat(read(key)).isEqualTo(bytes(part()));
    assertThat(store().size(other)).isEmpty();
  }

  @Test
  void writesWhileInterrupted() {
    try (StoreWriter writer = store().create(key)) {
      Thread.currentThread().interrupt();
      writer.write(ByteBuffer.wrap(bytes(part())));
      assertThat(writer.sync()).isEqualTo(part());
      assertThat(Thread.interrupted()).isTrue();
      writer.publish();
    }
    assertThat(read(key)).isEqualTo(bytes(part()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "/etc/passwd", "11111111-1111-1111-1111-111111111111/../x"})
  void refusesToWriteKeysOfAnotherForm(String bad) {
    assertThatThrownBy(() -> store().create(bad).close()).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> store().resume(bad, null, 0).close()).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> store().unfinished(bad, null)).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> store().confirm(bad)).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> store().delete(bad)).isInstanceOf(Invalid.class);
  }
}
