package dev.vitrine.registry;

import dev.vitrine.activity.Operation;
import dev.vitrine.image.Image;
import dev.vitrine.image.Location;
import java.util.UUID;

/** Where an image's data is, as clients say it that the operator lets. */
public interface LocationChanges {

  /** Edge 3: an {@code active} location of store {@link Location#EXTERNAL} with the URL as key. */
  Image addFirst(Operation operation, UUID imageId, String url);

  /**
   * Adds a place where an {@code active} image's data lies as well; a repeat returns the location
   * of the first call. The status stays. {@code Conflict} if the image isn't {@code active} or has
   * a location there; {@code TooLarge} beyond the limit of locations.
   *
   * @param url as {@link dev.vitrine.image.ExternalUrl#require} wants it
   */
  Location addFurther(Operation operation, UUID imageId, String url);

  /**
   * Removes one of several {@code active} locations; {@code Forbidden} for the last one, {@code
   * Conflict} if the image isn't {@code active}. Data elsewhere is no longer known of; data in a
   * store becomes {@code pending_delete}, and is in the {@link Backlog}.
   */
  void remove(UUID imageId, UUID locationId);
}
