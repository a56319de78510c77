package dev.vitrine.http;

import java.time.Duration;

/**
 * So much has to come of a body while it is waited for. What this side takes its time for doesn't
 * count, and a pause of any length is fine if what was missed is made up for.
 *
 * @param bytes per second; 0 for no such thing
 * @param window over which they are counted
 */
public record LeastRate(long bytes, Duration window) {

  /** What holds for one body. For one thread at a time. */
  final class Watch {
    private long waited;
    private long came;

    /**
     * Takes note of a piece.
     *
     * @param nanos for which it was waited
     * @param count its bytes
     * @return whether that is too slow
     */
    boolean note(long nanos, int count) {
      waited += nanos;
      came += count;
      if (waited < window.toNanos()) {
        return false;
      }
      boolean slow = came / (waited / 1e9) < bytes;
      waited = 0;
      came = 0;
      return slow;
    }
  }
}
