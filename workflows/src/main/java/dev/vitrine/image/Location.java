package dev.vitrine.image;

import dev.vitrine.json.Wire;
import java.time.Instant;
import java.util.UUID;

/**
 * Where an image's data lies, or may lie in part.
 *
 * @param store the name of a configured store, or {@link #EXTERNAL} for data that lies elsewhere
 * @param key the store's name for the data; for {@link #EXTERNAL} its URL
 */
@Wire
public record Location(
    UUID id, UUID imageId, String store, String key, LocationStatus status, Instant updatedAt) {

  /** The store name of data that Vitrine reads by URL but neither wrote nor removes. */
  public static final String EXTERNAL = "http";
}
