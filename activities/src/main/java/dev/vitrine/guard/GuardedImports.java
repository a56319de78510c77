package dev.vitrine.guard;

import dev.vitrine.access.ImageOperation;
import dev.vitrine.access.Requester;
import dev.vitrine.activity.ImportOrder;
import dev.vitrine.activity.ImportPlan;
import dev.vitrine.activity.Operation;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImportMethod;
import dev.vitrine.image.Location;
import dev.vitrine.registry.Imports;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stages and imports as a requester may have them. Safe for use by many threads. Every method
 * throws a {@link dev.vitrine.error.VitrineException}, as {@link GuardedImages} does.
 */
public final class GuardedImports {

  private final Imports imports;
  private final GuardedImages images;

  /**
   * @param images asked who may do it
   */
  public GuardedImports(Imports imports, GuardedImages images) {
    this.imports = imports;
    this.images = images;
  }

  /** The image, if the requester may import data into it by that method. */
  public Image require(UUID id, ImportMethod method, Requester by) {
    ImageOperation operation =
        switch (method) {
          case COPY_IMAGE -> ImageOperation.COPY;
          case LOCATION, LOCATION_DIGESTS -> ImageOperation.ADD_LOCATION;
          case GLANCE_DIRECT, WEB_DOWNLOAD, GLANCE_DOWNLOAD -> ImageOperation.IMPORT;
        };
    return images.require(operation, id, by);
  }

  /**
   * Gives the image to a stage.
   *
   * @param declaredSize bytes; null if not known
   */
  public Location beginStage(
      Operation operation, UUID id, String store, @Nullable Long declaredSize, Requester by) {
    images.require(ImageOperation.IMPORT, id, by);
    return imports.beginStage(operation, id, store, declaredSize);
  }

  /** Requires that the image can be given to an import. */
  public void requireImportable(UUID id, ImportOrder order, Requester by) {
    require(id, order.method(), by);
    imports.require(id, order);
  }

  /** Gives the image to an import. */
  public ImportPlan begin(
      Operation operation, UUID taskId, UUID id, ImportOrder order, Requester by) {
    require(id, order.method(), by);
    return imports.begin(operation, taskId, id, order);
  }
}
