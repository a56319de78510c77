package dev.vitrine.source;

import dev.vitrine.error.VitrineException.SourceUnusable;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
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
  public record Held(InputStream stream, @Nullable Long size) {}

  /** A stream from its holding to its release; guarded by itself. */
  private static final class Entry {
    private @Nullable Held untaken;
    private boolean released;
    private @Nullable Runnable onRelease;
    private final CompletableFuture<Boolean> stored = new CompletableFuture<>();

    Entry(Held held) {
      untaken = held;
    }
  }

  private final Map<String, Entry> byHandle = new ConcurrentHashMap<>();
  private final @Nullable Duration patience;

  /** Streams that may give nothing for as long as any source. */
  public HeldStreams() {
    this(null);
  }

  /**
   * Streams that may pause for longer or less.
   *
   * @param patience how long one may give nothing; null for as long as any source
   */
  public HeldStreams(@Nullable Duration patience) {
    this.patience = patience;
  }

  /**
   * How long a held stream may give nothing.
   *
   * @param ofSources how long any other source may
   */
  public Duration patience(Duration ofSources) {
    return patience == null ? ofSources : patience;
  }

  /**
   * Holds a stream until it is released. One thread reads it; another may close it meanwhile, when
   * the upload was cancelled, its image deleted, or nothing came for too long: then the read that
   * waits has to fail at once. It is also interrupted, for a stream that can't. At its end it is
   * closed once more.
   *
   * @param size bytes it will give, if its sender said; else null
   * @return its handle, for {@link dev.vitrine.activity.Source.HeldStream}
   */
  public String hold(InputStream stream, @Nullable Long size) {
    String handle = UUID.randomUUID().toString();
    byHandle.put(handle, new Entry(new Held(stream, size)));
    return handle;
  }

  /**
   * Lets go of a stream, taken or not; who held it closes it. A transfer of it that still runs is
   * stopped, for nobody waits for its outcome. Idempotent.
   */
  public void release(String handle) {
    Entry entry = byHandle.remove(handle);
    if (entry == null) {
      return;
    }
    Runnable then;
    synchronized (entry) {
      entry.released = true;
      then = entry.onRelease;
    }
    entry.stored.complete(false);
    if (then != null) {
      then.run();
    }
  }

  /** Whether a stream is held here. */
  public boolean holds(String handle) {
    return byHandle.containsKey(handle);
  }

  /**
   * Tells whoever holds a stream what came out of it at once.
   *
   * @param stored whether its image is {@code active}; else its workflow goes on
   */
  public void tell(String handle, boolean stored) {
    Entry entry = byHandle.get(handle);
    if (entry != null) {
      entry.stored.complete(stored);
    }
  }

  /**
   * What came out of a stream at once, as this process knows it before Temporal does: true if its
   * image is {@code active}, false if its workflow goes on. Never completes if the workflow is not
   * tried at once, or not here; false after the release.
   */
  public CompletableFuture<Boolean> stored(String handle) {
    Entry entry = byHandle.get(handle);
    return entry == null ? CompletableFuture.completedFuture(false) : entry.stored;
  }

  /**
   * Has something done at the release.
   *
   * @return false if it won't be, because the stream is not held here (any more)
   */
  public boolean onRelease(String handle, Runnable then) {
    Entry entry = byHandle.get(handle);
    if (entry == null) {
      return false;
    }
    synchronized (entry) {
      entry.onRelease = then;
      return !entry.released;
    }
  }

  /**
   * The stream, for the first that asks.
   *
   * @throws SourceUnusable if it is unknown, or was taken
   */
  public Held take(String handle) {
    Entry entry = byHandle.get(handle);
    if (entry != null) {
      synchronized (entry) {
        Held held = entry.untaken;
        if (held != null) {
          entry.untaken = null;
          return held;
        }
      }
    }
    throw new SourceUnusable(
        "the process that held the stream is gone, or the stream was read before; upload again");
  }

  /** Whether any stream is held. */
  public boolean isEmpty() {
    return byHandle.isEmpty();
  }
}
