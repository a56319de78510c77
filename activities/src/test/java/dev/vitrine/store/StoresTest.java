package dev.vitrine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.error.VitrineException.Unavailable;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StoresTest {

  private final Store main = new PartedStore("main", 4);
  private final Stores stores =
      new Stores(List.of(main, new ReadOnlyStore(new PartedStore("cold", 4))));

  @Test
  void findsStoresByNameAndNamesThoseItKnows() {
    assertThat(stores.require("main")).isSameAs(main);
    assertThat(stores.requireWritable("main")).isSameAs(main);
    assertThatThrownBy(() -> stores.require("hot"))
        .isInstanceOf(Unavailable.class)
        .hasMessage("store 'hot' is not configured here; known stores: cold, main");
  }

  @Test
  void givesOneThatOnlyReadsToNobodyWhoWrites() {
    assertThat(stores.require("cold").name()).isEqualTo("cold");
    assertThatThrownBy(() -> stores.requireWritable("cold"))
        .isInstanceOf(Invalid.class)
        .hasMessage("store 'cold' is read-only: nothing is written to it");
  }

  @Test
  void takesNoTwoOfOneName() {
    assertThatThrownBy(() -> new Stores(List.of(main, main)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
