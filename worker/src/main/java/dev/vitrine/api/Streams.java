package dev.vitrine.api;

import dev.vitrine.activity.Source;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Where clients' streams are held until the transfer of this process reads them. */
public interface Streams {

  /**
   * Holds a stream for one transfer.
   *
   * @param size bytes; null if the client did not say
   * @throws dev.vitrine.error.VitrineException.Unavailable if the process is stopping, or Temporal
   *     does not answer
   */
  Source.HeldStream hold(InputStream stream, @Nullable Long size);

  /**
   * What came out of a small stream's upload at once: true if its image is {@code active}, false if
   * its workflow goes on. May never complete.
   */
  CompletableFuture<Boolean> stored(Source.HeldStream stream);

  /** Lets go of it, transferred or not. */
  void release(Source.HeldStream stream);
}
