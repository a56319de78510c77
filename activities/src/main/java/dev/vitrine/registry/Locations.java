package dev.vitrine.registry;

import dev.vitrine.image.ImageData;
import dev.vitrine.image.Location;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where images' data is, for whoever reads or removes it. */
public interface Locations {

  /** In the order of their creation. */
  List<Location> of(UUID imageId);

  /** Of several images; those of one image in the order of their creation. */
  List<Location> ofAll(Collection<UUID> imageIds);

  Optional<Location> find(UUID locationId);

  /**
   * What was measured of the data at a location, by whoever wrote it there; empty where nothing was
   * yet, or where it lies elsewhere.
   */
  Optional<ImageData> measured(UUID locationId);

  /** Removes the row of a location whose data is gone. An unknown one is gone already. */
  void forget(UUID locationId);

  /**
   * What the data that an import of the image has brought so far was converted to; empty if it was
   * not.
   */
  Optional<String> convertedTo(UUID imageId);
}
