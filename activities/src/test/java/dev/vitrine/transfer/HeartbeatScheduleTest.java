package dev.vitrine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transfers that began together and are looked after each second, on a clock of the test. */
class HeartbeatScheduleTest {

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration STREAM_TIMEOUT = Duration.ofSeconds(9);
  private static final int MINUTES = 5;

  private long now = 77;
  private final HeartbeatSchedule schedule = new HeartbeatSchedule(TICK, 10, () -> now);

  /** What one simulation saw. */
  private record Seen(double perSecond, long longestGapSeconds, long mostInASecond) {}

  private Seen simulate(int transfers, Duration timeout) {
    LongStream.range(0, transfers).forEach(i -> schedule.begins());
    long[] last = LongStream.generate(() -> now).limit(transfers).toArray();
    long heartbeats = 0;
    long gap = 0;
    long most = 0;
    for (int second = 0; second < 60 * MINUTES; second++) {
      now += TICK.toNanos();
      long inSecond = 0;
      for (int i = 0; i < transfers; i++) {
        gap = Math.max(gap, now - last[i]);
        if (schedule.isDue(last[i], timeout, TICK)) {
          last[i] = now;
          inSecond++;
        }
      }
      heartbeats += inSecond;
      most = Math.max(most, inSecond);
    }
    return new Seen(heartbeats / (60.0 * MINUTES), gap / TICK.toNanos(), most);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "5, 1", "10, 1"})
  void letsFewHeartbeatEachSecond(int transfers, long gap) {
    Seen seen = simulate(transfers, STREAM_TIMEOUT);
    assertThat(seen.longestGapSeconds()).isEqualTo(gap);
    assertThat(seen.perSecond()).isEqualTo(transfers);
  }

  @ParameterizedTest
  @CsvSource({"11", "40", "72"})
  void keepsManyBelowTheRateAndTheServersTimeout(int transfers) {
    Seen seen = simulate(transfers, STREAM_TIMEOUT);
    assertThat(seen.perSecond()).isLessThanOrEqualTo(10.5);
    assertThat(seen.longestGapSeconds()).isLessThan(STREAM_TIMEOUT.toSeconds());
  }

  @Test
  void letsNoMoreThanTheirTurnsGoAtOnce() {
    assertThat(simulate(40, STREAM_TIMEOUT).mostInASecond()).isLessThanOrEqualTo(11);
  }

  @Test
  void neverLetsTheServerTakeOneForDead() {
    assertThat(simulate(1000, STREAM_TIMEOUT).longestGapSeconds())
        .isLessThan(STREAM_TIMEOUT.toSeconds());
  }

  @Test
  void keepsTheRateWhereThereIsNoTimeout() {
    assertThat(simulate(1000, Duration.ZERO).perSecond()).isLessThanOrEqualTo(10.5);
  }

  @Test
  void isAlwaysDueWhileTheWorkerStops() {
    LongStream.range(0, 1000).forEach(i -> schedule.begins());
    assertThat(schedule.isDue(now, STREAM_TIMEOUT, TICK)).isFalse();
    schedule.hurry();
    assertThat(schedule.isDue(now, STREAM_TIMEOUT, TICK)).isTrue();
  }

  @Test
  void countsThoseThatRun() {
    LongStream.range(0, 100).forEach(i -> schedule.begins());
    LongStream.range(0, 99).forEach(i -> schedule.ends());
    long began = now;
    now += TICK.toNanos();
    assertThat(schedule.isDue(began, STREAM_TIMEOUT, TICK)).isTrue();
  }
}
