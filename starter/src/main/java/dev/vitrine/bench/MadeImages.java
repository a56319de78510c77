package dev.vitrine.bench;

import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.NotFound;
import dev.vitrine.remote.ImageApi;
import dev.vitrine.remote.RemoteImage;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The images that a measurement makes, and removes in the end however it ends. Thread-safe. */
final class MadeImages implements AutoCloseable {

  static final String NAME = "vitrine-bench";

  private final ImageApi api;
  private final Queue<UUID> made = new ConcurrentLinkedQueue<>();

  MadeImages(ImageApi api) {
    this.api = api;
  }

  /** Makes one, which is queued. */
  UUID make() {
    RemoteImage image =
        api.images().create(Map.of("name", NAME, "disk_format", "raw", "container_format", "bare"));
    made.add(image.id());
    return image.id();
  }

  int size() {
    return made.size();
  }

  /** Removes one; false if there is none left. */
  boolean removeOne() {
    UUID id = made.poll();
    if (id == null) {
      return false;
    }
    try {
      api.images().delete(id);
    } catch (NotFound e) {
      // Somebody else has.
    }
    return true;
  }

  @Override
  public void close() {
    try {
      while (removeOne()) {
        // One after the other.
      }
    } catch (VitrineException e) {
      throw new IllegalStateException(
          "images named %s are left at %s: %s".formatted(NAME, api.endpoint(), e.getMessage()), e);
    }
  }
}
