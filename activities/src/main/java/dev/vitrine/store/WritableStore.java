package dev.vitrine.store;

import org.jspecify.annotations.Nullable;

/**
 * A store that takes data. It is unfinished first, and then nobody can take it for finished, until
 * its writer publishes it. A store whose unfinished data outlives its writer says so by {@link
 * SupportsResume}.
 *
 * <p>Errors of every method beside those of {@link Store}: {@code StorageFull} if it has no room.
 */
public interface WritableStore extends Store {

  /**
   * Begins new data under the key; unfinished data that lies there is given up. {@code Conflict} if
   * the key is published. While another writer holds the key it is {@code Unavailable}, caused by
   * {@link Busy}; a store that can't tell keeps the data of its writers apart, and publishes one's.
   *
   * @param size bytes that are going to be written, for a store that divides data into so many
   *     parts at most; null if not known
   */
  StoreWriter create(String key, @Nullable Long size);

  /** Begins new data of unknown size. */
  default StoreWriter create(String key) {
    return create(key, null);
  }

  /**
   * Whether the key is published; if so, certain to survive a crash of the machine from now on. For
   * the attempt that finds what an earlier one published just before it died.
   */
  boolean confirm(String key);

  /**
   * Removes unfinished and published data, whoever began it. A writer at work fails soon after, and
   * publishes nothing. Idempotent.
   */
  void delete(String key);
}
