package dev.vitrine.task;

import dev.vitrine.json.Wire;
import org.jspecify.annotations.Nullable;

/**
 * How far a transfer is.
 *
 * @param step what is going on: {@code transfer}, {@code verify}
 * @param bytes done
 * @param total bytes in all; null if not known
 * @param bytesPerSecond over the last ten seconds
 * @param attempt from 1
 * @param secondsSinceLastByte since something came, or since the attempt began; null if not told
 * @param waiting what it waits for, or why the last attempt failed and when the next one is; null
 *     while data comes
 */
@Wire
public record Progress(
    String step,
    long bytes,
    @Nullable Long total,
    long bytesPerSecond,
    int attempt,
    @Nullable Long secondsSinceLastByte,
    @Nullable String waiting) {

  /** While data comes. */
  public Progress(String step, long bytes, @Nullable Long total, long bytesPerSecond, int attempt) {
    this(step, bytes, total, bytesPerSecond, attempt, null, null);
  }

  /** Percent done, 0 to 100; null if the total is not known. */
  public @Nullable Integer percent() {
    if (total == null) {
      return null;
    }
    return total == 0 ? 100 : (int) Math.min(100, bytes * 100 / total);
  }
}
