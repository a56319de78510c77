package dev.vitrine.guard;

import dev.vitrine.access.ImageAccess;
import dev.vitrine.access.Relation;
import dev.vitrine.access.Requester;
import dev.vitrine.image.Image;
import dev.vitrine.registry.ImageLookup;
import java.util.UUID;

/** The data of images as a requester may read it. Safe for use by many threads. */
public final class GuardedData {

  private final ImageLookup images;
  private final ImageAccess access;

  /** The data of those images, by those rules. */
  public GuardedData(ImageLookup images, ImageAccess access) {
    this.images = images;
    this.access = access;
  }

  /**
   * The image, if the requester may read its data.
   *
   * @param verb what is to be done with it, for the message
   * @throws dev.vitrine.error.VitrineException the refusal
   */
  public Image require(UUID id, Requester by, String verb) {
    Image image = images.find(id).orElseThrow(() -> ImageAccess.notFound(id));
    require(image, by, verb);
    return image;
  }

  /** Requires that the requester may read the data of an image that is known already. */
  public void require(Image image, Requester by, String verb) {
    access.requireData(image, by, isMember(image, by), verb);
  }

  /** Asks only where the answer matters: where a membership makes the image something else. */
  boolean isMember(Image image, Requester by) {
    return Relation.of(image, by, true) == Relation.SHARED
        && images.isMember(image.id(), by.project());
  }
}
