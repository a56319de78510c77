package dev.vitrine.bench.durable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.bench.Cpu;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitTest {

  @Test
  void comparesWithTheFloorOrWithMilliseconds() {
    assertThat(Limit.ofFloor(1.25).isKept(100, 1.25)).isTrue();
    assertThat(Limit.ofFloor(1.25).isKept(1, 1.26)).isFalse();
    assertThat(Limit.milliseconds(3).isKept(3, 100)).isTrue();
    assertThat(Limit.milliseconds(3).isKept(3.1, 0.1)).isFalse();
  }

  @Test
  void asksNothingWhereNothingIsAsked() {
    assertThat(Limit.NONE.isKept(1000, 1000)).isNull();
    assertThat(Limit.NONE.words()).isNull();
  }

  @Test
  void aRoundsFiguresAreThoseOfOneCall() {
    Batch batch = new Batch(2, new Cpu.Reading(0.3, 9, 0.1), List.of(3_000_000L, 1_000_000L));

    assertThat(batch.cpuMillis()).isEqualTo(200);
    assertThat(batch.cpuMillisElsewhere()).isEqualTo(50);
    assertThat(batch.perSecond()).isEqualTo(1);
    assertThat(batch.millis()).isEqualTo(3);
    assertThat(Batch.median(new double[] {5, 1, 2, 4})).isEqualTo(3);
    assertThat(Batch.median(new double[0])).isNull();
  }
}
