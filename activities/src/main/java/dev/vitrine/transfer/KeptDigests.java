package dev.vitrine.transfer;

import dev.vitrine.source.ResumePoint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What transfers of this process had hashed and inspected when their last attempt failed, so that
 * the next one needn't read it again. Only for the attempt that directly follows, and only if it
 * goes on exactly there: whatever was done in between, by another process, is hashed from the
 * store. Bounded; what falls out is hashed again, too. Safe for use by many threads.
 */
final class KeptDigests {

  /** Of a few KiB each. */
  static final int MOST = 1000;

  private record Kept(int attempt, @Nullable String validator, CopyPass.State state) {}

  private final Map<UUID, Kept> byKey =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Kept> eldest) {
          return size() > MOST;
        }
      };

  /** The place of one attempt. */
  Place of(UUID key, int attempt) {
    return new Place(this, key, attempt);
  }

  private synchronized void keep(UUID key, Kept kept) {
    byKey.remove(key);
    byKey.put(key, kept);
  }

  private synchronized @Nullable Kept take(UUID key) {
    return byKey.remove(key);
  }

  /** Forgets what nobody will go on with. */
  synchronized void forget(UUID key) {
    byKey.remove(key);
  }

  /** What an attempt leaves to the next one and takes from the last. */
  record Place(KeptDigests all, UUID key, int attempt) {

    /**
     * Leaves it to the next attempt.
     *
     * @param validator what tells the version of the source that it was read from; null if nothing
     */
    void keep(CopyPass.State state, @Nullable String validator) {
      all.keep(key, new Kept(attempt, validator, state));
    }

    /** Takes what the last attempt left, if that is what the target has; null if it isn't. */
    CopyPass.@Nullable State take(ResumePoint from) {
      Kept kept = all.take(key);
      return kept != null
              && kept.attempt == attempt - 1
              && kept.state.bytes() == from.offset()
              && Objects.equals(kept.validator, from.validator())
          ? kept.state
          : null;
    }
  }
}
