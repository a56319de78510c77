package dev.vitrine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.VitrineException.Unavailable;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class StoresTest {

  private final Store main = new PartedStore("main", 4);
  private final Stores stores = new Stores(List.of(main, new ReadOnly("cold")));

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
        .isInstanceOf(Unavailable.class)
        .hasMessage("store 'cold' is only read from here");
  }

  @Test
  void takesNoTwoOfOneName() {
    assertThatThrownBy(() -> new Stores(List.of(main, main)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private record ReadOnly(String name) implements Store {

    @Override
    public OptionalLong size(String key) {
      return OptionalLong.empty();
    }

    @Override
    public InputStream open(String key, long offset) {
      return InputStream.nullInputStream();
    }

    @Override
    public StoreReader reader(String key) {
      throw new UnsupportedOperationException(key);
    }
  }
}
