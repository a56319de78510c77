package dev.vitrine.source;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.SourceUnusable;
import dev.vitrine.error.VitrineException.Unavailable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A source that has been opened.
 *
 * @param display the source, for messages
 * @param stream the data from {@code offset} on
 * @param offset where the stream begins: where the transfer wanted to go on, or 0
 * @param size bytes of the whole data; null if the source doesn't say
 * @param validator what tells this version of the data from another; null if nothing does
 * @param replayable whether the source can be read again
 */
public record OpenSource(
    String display,
    InputStream stream,
    long offset,
    @Nullable Long size,
    @Nullable String validator,
    boolean replayable) {

  /** Reading broke off. */
  public VitrineException brokeOff(long at, IOException e) {
    String reason = e.getMessage() == null ? e.toString() : e.getMessage();
    return failure("%s broke off after %d bytes: %s".formatted(display, at, reason));
  }

  /** The source sent nothing for too long. */
  public VitrineException stalled(long at, long millis) {
    return failure("%s sent nothing for %d ms, after %d bytes".formatted(display, millis, at));
  }

  /** The stream ended before what the source had announced. */
  public VitrineException truncated(long at) {
    return failure("%s ended after %d of %d bytes".formatted(display, at, size));
  }

  /** The stream has more than the source had announced. */
  public VitrineException overlong() {
    return failure("%s gave more than the %d bytes it announced".formatted(display, size));
  }

  private VitrineException failure(String message) {
    return replayable
        ? new Unavailable(message)
        : new SourceUnusable(message + "; a stream can't be read again, so upload again");
  }
}
