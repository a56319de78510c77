package dev.vitrine.registry;

import dev.vitrine.access.Deactivation;
import dev.vitrine.access.Relation;
import dev.vitrine.access.Requester;
import dev.vitrine.activity.Operation;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageMetadata;
import dev.vitrine.image.NewImage;
import dev.vitrine.listing.ImageQuery;
import dev.vitrine.registry.IdempotencyKey.Claim;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Images for whoever asks on somebody's behalf: made, listed, described and denied. Who may do it
 * is the caller's business.
 */
public interface ImageRecords {

  /**
   * Edge 1, or 2 if the size is declared to be zero. {@code Conflict} if the id was ever used;
   * {@code TooLarge} beyond a limit of the image, or of the project's images.
   */
  Image create(Operation operation, NewImage image);

  /**
   * The same for a request with an idempotency key, claimed in the same transaction: a repeat
   * creates nothing, and has the id of the first request's image. {@code KeyReused} if the key was
   * given with another request.
   */
  Claim create(Operation operation, NewImage image, IdempotencyKey key);

  /**
   * One page, in its order; shorter than the limit only if it is the last one. {@code Invalid} if
   * there is no image that is the marker and that the viewer may see.
   *
   * @param seen what an image has to be to the viewer
   */
  List<Image> list(ImageQuery query, Set<Relation> seen);

  /** What the project has, and may have. */
  Usage usage(String project);

  /**
   * Changes what isn't status or data. The function gets the image as it is now, may refuse by
   * throwing, and returns the metadata as it is to be; it is asked again if another change came
   * first, and must not call the registry. No history is written; {@code updated_at} and the
   * version change, unless nothing differs.
   *
   * <p>{@code NotFound} if the image is deleted; {@code Forbidden} if a format differs and the
   * image isn't {@code queued}; {@code TooLarge} beyond a limit.
   */
  Image change(UUID imageId, Function<Image, ImageMetadata> change);

  /**
   * Edge 12.
   *
   * @param by who is noted for as long as the image is {@code deactivated}
   */
  Image deactivate(Operation operation, UUID imageId, Requester by);

  /**
   * Edge 13.
   *
   * @param rule is given a {@code deactivated} image and who deactivated it, in the transaction
   *     that reactivates it, and may refuse by throwing
   */
  Image reactivate(Operation operation, UUID imageId, BiConsumer<Image, Deactivation> rule);
}
