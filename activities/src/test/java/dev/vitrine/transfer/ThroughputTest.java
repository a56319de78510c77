package dev.vitrine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThroughputTest {

  private long now = 123;
  private final Throughput throughput = new Throughput(() -> now);

  private void after(long millis) {
    now += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private void comeFor(int seconds, long perSecond) {
    for (int i = 0; i < 10 * seconds; i++) {
      after(100);
      throughput.count(perSecond / 10);
    }
  }

  @Test
  void measuresTheLastTenSeconds() {
    comeFor(60, 1_000_000);
    assertThat(throughput.bytesPerSecond()).isBetween(950_000L, 1_120_000L);
    comeFor(10, 5_000);
    assertThat(throughput.bytesPerSecond()).isBetween(4_500L, 5_600L);
  }

  @Test
  void measuresWhatThereIsBefore() {
    after(1000);
    throughput.count(3000);
    after(1000);
    assertThat(throughput.bytesPerSecond()).isEqualTo(1500);
  }

  @Test
  void fallsToNothing() {
    comeFor(20, 1_000_000);
    after(4_000);
    assertThat(throughput.bytesPerSecond()).isBetween(500_000L, 700_000L);
    assertThat(throughput.sinceLast().toSeconds()).isEqualTo(4);
    after(6_000);
    assertThat(throughput.bytesPerSecond()).isZero();
    after(24_000);
    assertThat(throughput.bytesPerSecond()).isZero();
    assertThat(throughput.sinceLast().toSeconds()).isEqualTo(34);
  }

  @Test
  void saysHowLongNothingHasComeAtAll() {
    after(7_500);
    assertThat(throughput.bytesPerSecond()).isZero();
    assertThat(throughput.sinceLast().toSeconds()).isEqualTo(7);
  }
}
