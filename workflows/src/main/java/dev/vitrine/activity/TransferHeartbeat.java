package dev.vitrine.activity;

import dev.vitrine.json.Wire;
import dev.vitrine.task.Progress;
import org.jspecify.annotations.Nullable;

/**
 * What a transfer heartbeats: how far it is, for people, and what the next attempt needs to go on.
 *
 * @param bytes durable in the store; the next attempt resumes here
 * @param total bytes in all; null if not known
 * @param percent of the total; null if that is not known
 * @param bytesPerSecond that came in over the last ten seconds: 0 when nothing comes
 * @param secondsSinceLastByte since something came, or since the attempt began; null if not told
 * @param waiting what it waits for, since when and until when, or why the attempt failed and when
 *     the next one is, in words; null while data comes
 * @param from where the data comes from, in words; null if not told
 * @param to where it goes; null if not told
 * @param validator the source's entity tag or modification date, so that a resumption notices that
 *     the source changed; null if it gave none
 * @param attemptsWithoutProgress how many attempts in a row made nothing more durable
 * @param token what the store needs to go on with its unfinished data; null if it needs nothing
 */
@Wire
public record TransferHeartbeat(
    String step,
    long bytes,
    @Nullable Long total,
    @Nullable Integer percent,
    long bytesPerSecond,
    @Nullable Long secondsSinceLastByte,
    @Nullable String waiting,
    @Nullable String from,
    @Nullable String to,
    int attempt,
    @Nullable String validator,
    int attemptsWithoutProgress,
    @Nullable String token) {

  /** What the next attempt needs, and nothing of the moment. */
  public TransferHeartbeat(
      String step,
      long bytes,
      @Nullable Long total,
      long bytesPerSecond,
      int attempt,
      @Nullable String validator,
      int attemptsWithoutProgress) {
    this(
        step,
        bytes,
        total,
        null,
        bytesPerSecond,
        null,
        null,
        null,
        null,
        attempt,
        validator,
        attemptsWithoutProgress,
        null);
  }

  /** The same, of unfinished data that the store goes on with by that token. */
  public TransferHeartbeat withToken(@Nullable String newToken) {
    return new TransferHeartbeat(
        step,
        bytes,
        total,
        percent,
        bytesPerSecond,
        secondsSinceLastByte,
        waiting,
        from,
        to,
        attempt,
        validator,
        attemptsWithoutProgress,
        newToken);
  }

  /** The part that people look at. */
  public Progress progress() {
    return new Progress(step, bytes, total, bytesPerSecond, attempt, secondsSinceLastByte, waiting);
  }
}
