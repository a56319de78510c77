package dev.vitrine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeastRateTest {

  private static final Duration WINDOW = Duration.ofSeconds(10);
  private final LeastRate.Watch watch = new LeastRate(100, WINDOW).new Watch();

  private boolean isTooSlow(long seconds, int bytes) {
    return watch.note(Duration.ofSeconds(seconds).toNanos(), bytes);
  }

  @Test
  void saysNothingBeforeTheWindowIsOver() {
    assertThat(isTooSlow(9, 0)).isFalse();
    assertThat(isTooSlow(0, 1)).isFalse();
  }

  @Test
  void noticesADribble() {
    for (int second = 1; second < 10; second++) {
      assertThat(isTooSlow(1, 99)).isFalse();
    }
    assertThat(isTooSlow(1, 99)).isTrue();
  }

  @Test
  void takesExactlyTheRate() {
    assertThat(isTooSlow(10, 1000)).isFalse();
    assertThat(isTooSlow(10, 999)).isTrue();
  }

  @Test
  void letsAPauseBeMadeUpFor() {
    assertThat(isTooSlow(60, 6000)).isFalse();
  }

  @Test
  void countsEachWindowAnew() {
    assertThat(isTooSlow(10, 1_000_000)).isFalse();
    assertThat(isTooSlow(10, 1)).isTrue();
  }

  @Test
  void countsNoTimeThatNobodyWaited() {
    for (int i = 0; i < 1000; i++) {
      assertThat(isTooSlow(0, 0)).isFalse();
    }
  }

  @Test
  void takesAnyRateWhereThereIsNone() {
    assertThat(new LeastRate(0, WINDOW).new Watch().note(Long.MAX_VALUE, 0)).isFalse();
  }
}
