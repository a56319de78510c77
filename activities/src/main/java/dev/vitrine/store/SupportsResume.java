package dev.vitrine.store;

/** A store whose unfinished data outlives its writer. */
public interface SupportsResume extends Store {

  /** Bytes of unfinished data under the key, durable or not; 0 if there is none. */
  long unfinished(String key);

  /**
   * Goes on with unfinished data.
   *
   * @param offset bytes that are known to be durable; whatever follows them is cut off
   * @throws dev.vitrine.error.VitrineException {@code Unavailable} if there are fewer, or while
   *     another writer holds the key
   */
  ResumedWriter resume(String key, long offset);
}
