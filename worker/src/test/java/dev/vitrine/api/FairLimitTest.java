package dev.vitrine.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.FairLimit.Place;
import org.junit.jupiter.api.Test;

class FairLimitTest {

  private final FairLimit shares = new FairLimit(3, 2);

  @Test
  void leavesSomethingToOthers() {
    assertThat(shares.take("greedy")).isEqualTo(Place.TAKEN);
    assertThat(shares.take("greedy")).isEqualTo(Place.TAKEN);
    assertThat(shares.take("greedy")).isEqualTo(Place.SHARE_USED_UP);
    assertThat(shares.take("other")).isEqualTo(Place.TAKEN);
    assertThat(shares.take("other")).isEqualTo(Place.NONE_LEFT);
  }

  @Test
  void hasAPlaceAgainForWhoGivesOneBack() {
    shares.take("a");
    shares.take("a");
    shares.give("a");
    assertThat(shares.take("a")).isEqualTo(Place.TAKEN);
    shares.take("b");
    shares.give("b");
    assertThat(shares.take("c")).isEqualTo(Place.TAKEN);
  }

  @Test
  void remembersNobodyWhoHasNothing() {
    for (int i = 0; i < 100; i++) {
      assertThat(shares.take("p" + i)).isEqualTo(Place.TAKEN);
      shares.give("p" + i);
    }
    assertThat(shares.holders()).isZero();
  }
}
