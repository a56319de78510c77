package dev.vitrine.backend;

import dev.vitrine.activity.LocationCheck;
import java.util.List;
import java.util.UUID;

/**
 * What came of a verification of images.
 *
 * @param documents one for each image, for JSON readers
 * @param checks of every place of their data
 * @param bad the images that somebody has to do something about
 */
public record VerifiedImages(List<Object> documents, List<LocationCheck> checks, List<UUID> bad) {

  public VerifiedImages {
    documents = List.copyOf(documents);
    checks = List.copyOf(checks);
    bad = List.copyOf(bad);
  }
}
