package dev.vitrine.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PaceTest {

  private static final long SECOND = 1_000_000_000;

  private long now;
  private final List<Long> pauses = new ArrayList<>();

  private Pace pace(long bytesPerSecond) {
    return new Pace(
        bytesPerSecond,
        () -> now,
        nanos -> {
          pauses.add(nanos);
          now += nanos;
        });
  }

  @Test
  void waitsUntilWhatWasReadIsWithinTheRate() throws InterruptedException {
    Pace pace = pace(1000);
    pace.read(500);
    now += SECOND / 4;
    pace.read(500);
    assertThat(pauses).containsExactly(SECOND / 2, SECOND / 4);
    assertThat(now).isEqualTo(SECOND);
  }

  @Test
  void makesUpForOneSecondAtMost() throws InterruptedException {
    Pace pace = pace(1000);
    now += 100 * SECOND;
    pace.read(1000);
    pace.read(1000);
    assertThat(pauses).containsExactly(SECOND);
  }

  @Test
  void neverWaitsWithoutARate() throws InterruptedException {
    pace(0).read(Long.MAX_VALUE);
    assertThat(pauses).isEmpty();
  }
}
