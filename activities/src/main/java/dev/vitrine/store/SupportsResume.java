package dev.vitrine.store;

import org.jspecify.annotations.Nullable;

/**
 * A store whose unfinished data outlives its writer, so that a writer in any process can go on with
 * it.
 */
public interface SupportsResume extends WritableStore {

  /**
   * Bytes of unfinished data under the key, durable or not; 0 if there is none.
   *
   * @param token that its writer gave; null if it gave none
   */
  long unfinished(String key, @Nullable String token);

  /**
   * Goes on with unfinished data.
   *
   * @param token that its writer gave; null if it gave none
   * @param offset what a {@link StoreWriter#sync} of this data has returned; whatever follows is
   *     cut off
   * @throws dev.vitrine.error.VitrineException {@code Unavailable} if there is less, or while
   *     another writer holds the key
   */
  StoreWriter resume(String key, @Nullable String token, long offset);
}
