package dev.vitrine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.TooLarge;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Room in a quota, taken ahead of the bytes. */
final class ReservationTest {

  private static final long MIB = 1L << 20;

  private final List<Long> asked = new ArrayList<>();
  private long quota = Long.MAX_VALUE;
  private long taken;
  private final Reservation reservation = new Reservation(this::take);

  private void take(long bytes) {
    asked.add(bytes);
    if (bytes > quota) {
      throw new TooLarge("quota of " + quota);
    }
    taken = Math.max(taken, bytes);
  }

  @Test
  void asksOnceIfTheSizeIsKnown() {
    reservation.whole(1000);
    for (long bytes = 100; bytes <= 1000; bytes += 100) {
      reservation.cover(bytes);
    }

    assertThat(asked).containsExactly(1000L);
  }

  @Test
  void asksRarelyIfTheSizeIsNotKnown() {
    for (long bytes = MIB; bytes <= 1024 * MIB; bytes += MIB) {
      reservation.cover(bytes);
      assertThat(taken).isGreaterThanOrEqualTo(bytes);
    }

    assertThat(asked).hasSizeLessThanOrEqualTo(16);
  }

  @Test
  void letsThroughWhatJustFits() {
    quota = 200 * MIB + 3;
    for (long bytes = MIB; bytes <= 200 * MIB; bytes += MIB) {
      reservation.cover(bytes);
      assertThat(taken).isGreaterThanOrEqualTo(bytes);
    }
    reservation.cover(quota);

    assertThat(taken).isEqualTo(quota);
    assertThat(asked).hasSizeLessThan(30);
    assertThatThrownBy(() -> reservation.cover(quota + 1)).isInstanceOf(TooLarge.class);
  }

  @Test
  void refusesWhatDoesNotFit() {
    quota = 10;

    assertThatThrownBy(() -> reservation.whole(11)).isInstanceOf(TooLarge.class);
    assertThatThrownBy(() -> reservation.cover(11)).isInstanceOf(TooLarge.class);
    reservation.cover(10);
    assertThat(taken).isEqualTo(10);
  }
}
