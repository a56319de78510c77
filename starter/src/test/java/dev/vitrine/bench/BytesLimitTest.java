package dev.vitrine.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BytesLimitTest {

  private static final BytesLimit BOTH = new BytesLimit(0.9, null, 1.1, null);

  @Test
  void isKeptWhereAllOfItIs() {
    assertThat(BOTH.isKept(0.9, 5, 1.1)).isTrue();
    assertThat(BOTH.isKept(0.89, 5, 1)).isFalse();
    assertThat(BOTH.isKept(1, 5, 1.11)).isFalse();
    assertThat(BOTH.words())
        .isEqualTo("rate at least 0.9 x the loop's, CPU at most 1.1 x the loop's");
  }

  @Test
  void comparesWithTheCoresOrWithANumber() {
    BytesLimit cores = new BytesLimit(null, 0.95, null, null);
    assertThat(cores.isKept(0.95, 9, 9)).isTrue();
    assertThat(cores.isKept(0.94, 1, 1)).isFalse();
    assertThat(cores.words()).isEqualTo("rate at least 0.95 x what the cores allow");
    BytesLimit cpu = new BytesLimit(null, null, null, 0.33);
    assertThat(cpu.isKept(0, 0.33, 9)).isTrue();
    assertThat(cpu.isKept(9, 0.34, 0)).isFalse();
    assertThat(cpu.words()).isEqualTo("CPU at most 0.33 s/GB");
  }

  @Test
  void saysNothingWhereNothingIsAsked() {
    assertThat(BytesLimit.NONE.words()).isNull();
    assertThat(BytesLimit.NONE.isKept(0, 99, 99)).isNull();
  }
}
