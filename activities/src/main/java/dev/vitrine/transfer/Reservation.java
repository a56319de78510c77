package dev.vitrine.transfer;

import dev.vitrine.error.VitrineException.TooLarge;
import java.util.function.LongConsumer;

/**
 * Room for the data in its project's quota, taken before the bytes are written. For one thread.
 *
 * <p>Where the size isn't known, some is taken ahead, so that the registry is asked rarely. Towards
 * the end of the quota it is ever less, and in the end none, so that what just fits is let through.
 */
final class Reservation {

  /** Bytes that are taken ahead while there is room. */
  static final long AHEAD = 64L << 20;

  /** Less than this is not worth a question to the registry of its own. */
  private static final long LEAST_AHEAD = 1L << 20;

  private final LongConsumer quota;
  private long taken;
  private long ahead = AHEAD;

  /**
   * @param quota takes so many bytes in all, or throws {@link TooLarge}
   */
  Reservation(LongConsumer quota) {
    this.quota = quota;
  }

  /** Takes room for all of the data, whose size is known. */
  void whole(long size) {
    quota.accept(size);
    taken = Math.max(taken, size);
  }

  /** Requires that room is taken for so many bytes, counted from the first one. */
  void cover(long bytes) {
    while (bytes > taken) {
      try {
        whole(bytes + ahead);
      } catch (TooLarge e) {
        if (ahead == 0) {
          throw e;
        }
        ahead = ahead > LEAST_AHEAD ? ahead / 2 : 0;
      }
    }
  }
}
