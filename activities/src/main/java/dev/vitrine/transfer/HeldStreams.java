package dev.vitrine.transfer;

import dev.vitrine.error.VitrineException.SourceUnusable;
import java.io.InputStream;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The streams this process holds for uploads: a client's request body, handed to the transfer that
 * runs in the same process. Safe for use by many threads.
 */
public final class HeldStreams {

  /**
   * One stream.
   *
   * @param size bytes it will give, if its sender said; else null
   */
  record Held(InputStream stream, @Nullable Long size) {}

  private final Map<String, Held> byHandle = new ConcurrentHashMap<>();

  /**
   * Holds a stream until it is taken or released. One thread reads it; another may close it
   * meanwhile, when the upload was cancelled, its image deleted, or nothing came for too long: then
   * the read that waits has to fail at once. It is also interrupted, for a stream that can't. At
   * its end it is closed once more.
   *
   * @param size bytes it will give, if its sender said; else null
   * @return its handle, for {@link dev.vitrine.activity.Source.HeldStream}
   */
  public String hold(InputStream stream, @Nullable Long size) {
    String handle = UUID.randomUUID().toString();
    byHandle.put(handle, new Held(stream, size));
    return handle;
  }

  /** Lets go of a stream, taken or not; who held it closes it. Idempotent. */
  public void release(String handle) {
    byHandle.remove(handle);
  }

  /**
   * The stream, for the first that asks; from then on the handle is unknown.
   *
   * @throws SourceUnusable if it is unknown
   */
  Held take(String handle) {
    Held held = byHandle.remove(handle);
    if (held == null) {
      throw new SourceUnusable(
          "the process that held the stream is gone, or the stream was read before; upload again");
    }
    return held;
  }
}
