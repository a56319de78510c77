package dev.vitrine.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.TooLarge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PartPlanTest {

  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final long TIB = 1L << 40;
  private static final long PART = 8 * MIB;

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        1,
        PART,
        PART + 1,
        9_000 * PART - 1,
        9_000 * PART,
        9_000 * PART + 1,
        TIB,
        5 * TIB
      })
  void fitsKnownDataIntoTheParts(long size) {
    PartPlan plan = PartPlan.of(PART, size);

    assertThat(plan.first()).isGreaterThanOrEqualTo(PART);
    assertThat(room(plan, 9_000)).isGreaterThanOrEqualTo(size);
  }

  @Test
  void keepsPartsSmallWhereItCan() {
    assertThat(PartPlan.of(PART, 9_000 * PART).first()).isEqualTo(PART);
    assertThat(PartPlan.of(PART, 9_000 * PART + 1).first()).isEqualTo(PART + MIB);
    assertThat(PartPlan.of(PART, TIB).size(9_000)).isEqualTo(117 * MIB);
  }

  @Test
  void doublesThePartsOfUnknownData() {
    PartPlan plan = PartPlan.of(PART, null);

    assertThat(plan.size(1)).isEqualTo(PART);
    assertThat(plan.size(1_000)).isEqualTo(PART);
    assertThat(plan.size(1_001)).isEqualTo(2 * PART);
    assertThat(plan.size(2_001)).isEqualTo(4 * PART);
    assertThat(plan.size(10_000)).isEqualTo(GIB);
    assertThat(room(plan, 1_000)).isEqualTo(1_000 * PART);
    assertThat(room(plan, 10_000)).isGreaterThan(3 * TIB);
  }

  @Test
  void takesSomewhatMoreThanWasTold() {
    long told = 9_000 * PART;

    assertThat(room(PartPlan.of(PART, told), 10_000)).isGreaterThanOrEqualTo(told + told / 5);
  }

  @Test
  void refusesWhatNoPlanHolds() {
    assertThatThrownBy(() -> PartPlan.of(PART, 9_000 * GIB + 1))
        .isInstanceOf(TooLarge.class)
        .hasMessageContaining("9000 parts of 1073741824 bytes");
    PartPlan plan = PartPlan.of(PART, null);
    assertThatThrownBy(() -> plan.size(10_001))
        .isInstanceOf(TooLarge.class)
        .hasMessageContaining("10000 parts");
  }

  private static long room(PartPlan plan, int parts) {
    long bytes = 0;
    for (int number = 1; number <= parts; number++) {
      bytes += plan.size(number);
    }
    return bytes;
  }
}
