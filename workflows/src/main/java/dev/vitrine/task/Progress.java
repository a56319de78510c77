package dev.vitrine.task;

import dev.vitrine.json.Wire;
import org.jspecify.annotations.Nullable;

/**
 * How far a transfer is.
 *
 * @param step what is going on: {@code transfer}, {@code verify}
 * @param bytes done
 * @param total bytes in all; null if not known
 * @param bytesPerSecond of this attempt
 * @param attempt from 1
 */
@Wire
public record Progress(
    String step, long bytes, @Nullable Long total, long bytesPerSecond, int attempt) {

  /** Percent done, 0 to 100; null if the total is not known. */
  public @Nullable Integer percent() {
    if (total == null) {
      return null;
    }
    return total == 0 ? 100 : (int) Math.min(100, bytes * 100 / total);
  }
}
