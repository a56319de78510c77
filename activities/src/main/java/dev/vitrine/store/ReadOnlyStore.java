package dev.vitrine.store;

import java.io.InputStream;
import java.util.OptionalLong;

/**
 * A store that is only read from, whatever it could do besides: nothing is written to it or removed
 * from it, and what else lies in it is nobody's business here. As safe as the store itself.
 */
public final class ReadOnlyStore implements Store {

  private final Store store;

  /** That store, to be read from. */
  public ReadOnlyStore(Store store) {
    this.store = store;
  }

  @Override
  public String name() {
    return store.name();
  }

  @Override
  public OptionalLong size(String key) {
    return store.size(key);
  }

  @Override
  public InputStream open(String key, long offset) {
    return store.open(key, offset);
  }

  @Override
  public StoreReader reader(String key) {
    return store.reader(key);
  }
}
