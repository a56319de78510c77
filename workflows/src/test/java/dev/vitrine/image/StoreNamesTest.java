package dev.vitrine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Invalid;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class StoreNamesTest {

  private final StoreNames names = new StoreNames(List.of("main", "cold", "fast"), Set.of("cold"));

  @Test
  void sendsDataWhereItIsToGo() {
    assertThat(names.destination("image 1", null)).isEqualTo("main");
    assertThat(names.destination("image 1", "fast")).isEqualTo("fast");
    assertThat(names.taking()).containsExactly("fast", "main");
  }

  @Test
  void sendsNoneWhereNoneIsTaken() {
    assertThatThrownBy(() -> names.destination("image 1", "cold"))
        .isInstanceOf(Invalid.class)
        .hasMessage("image 1: store 'cold' is read-only; give one that takes data: fast, main");
    assertThatThrownBy(() -> new StoreNames(List.of("cold"), Set.of("cold")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
