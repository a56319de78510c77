package dev.vitrine.registry;

import dev.vitrine.image.Image;
import java.util.Optional;
import java.util.UUID;

/** What the rules of access ask of an image. */
public interface ImageLookup {

  /** The image, whatever its status. */
  Optional<Image> find(UUID imageId);

  /** Whether the project is a member of the image, whatever it made of that. */
  boolean isMember(UUID imageId, String project);
}
