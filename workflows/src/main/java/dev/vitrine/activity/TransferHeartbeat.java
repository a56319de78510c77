package dev.vitrine.activity;

import dev.vitrine.json.Wire;
import dev.vitrine.task.Progress;
import org.jspecify.annotations.Nullable;

/**
 * What a transfer heartbeats: how far it is, for people, and what the next attempt needs to go on.
 *
 * @param bytes durable in the store; the next attempt resumes here
 * @param total bytes in all; null if not known
 * @param validator the source's entity tag or modification date, so that a resumption notices that
 *     the source changed; null if it gave none
 * @param attemptsWithoutProgress how many attempts in a row made nothing more durable
 */
@Wire
public record TransferHeartbeat(
    String step,
    long bytes,
    @Nullable Long total,
    long bytesPerSecond,
    int attempt,
    @Nullable String validator,
    int attemptsWithoutProgress) {

  /** The part that people look at. */
  public Progress progress() {
    return new Progress(step, bytes, total, bytesPerSecond, attempt);
  }
}
