package dev.vitrine.store;

/** The contract asks nothing that only files can do. */
final class PartedStoreTest extends StoreContract {

  private final PartedStore store = new PartedStore("parted", 4);

  @Override
  protected SupportsResume store() {
    return store;
  }

  @Override
  protected SupportsResume another() {
    return store;
  }

  @Override
  protected int part() {
    return 4;
  }
}
