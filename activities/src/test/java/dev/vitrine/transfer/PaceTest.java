package dev.vitrine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final Duration STREAM_TIMEOUT = Duration.ofSeconds(9);

  private final Pace pace = new Pace(Duration.ofSeconds(1), 10);

  private void begin(int transfers) {
    for (int i = 0; i < transfers; i++) {
      pace.begins();
    }
  }

  private Duration interval(Duration timeout) {
    return Duration.ofNanos(pace.interval(timeout));
  }

  @Test
  void isTheLeastIntervalForFew() {
    begin(10);
    assertThat(interval(STREAM_TIMEOUT)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void keepsManyBelowTheRate() {
    begin(64 + 8);
    assertThat(interval(STREAM_TIMEOUT)).isEqualTo(Duration.ofMillis(7200));
    for (int i = 0; i < 62; i++) {
      pace.ends();
    }
    assertThat(interval(STREAM_TIMEOUT)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void neverLetsTheServerTakeOneForDead() {
    begin(1000);
    assertThat(interval(STREAM_TIMEOUT)).isEqualTo(Duration.ofMillis(7200));
    assertThat(interval(Duration.ofSeconds(20))).isEqualTo(Duration.ofSeconds(16));
    assertThat(interval(Duration.ZERO)).isEqualTo(Duration.ofSeconds(100));
  }

  @Test
  void isAlwaysDueWhileTheWorkerStops() {
    begin(1000);
    pace.hurry();
    assertThat(interval(STREAM_TIMEOUT)).isZero();
  }
}
