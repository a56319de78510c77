package dev.vitrine.registry;

import dev.vitrine.activity.Operation;
import dev.vitrine.image.Image;
import java.time.Duration;
import java.util.UUID;

/** The end of an image: at once, or after its scrub time. */
public interface Deletions {

  /**
   * Edge 11 or 15 if there is a delay and the image is {@code active} or {@code deactivated}, else
   * edge 5, 9, 10, 14 or 16. Every location becomes {@code pending_delete}. {@code Forbidden} if
   * the image is protected.
   *
   * @param delay the scrub time, kept as {@link Image#scrubAt}; zero for an immediate deletion
   */
  Image delete(Operation operation, UUID imageId, Duration delay);

  /** Edge 17; {@code Conflict} while a location is left. */
  Image completeScrub(Operation operation, UUID imageId);
}
