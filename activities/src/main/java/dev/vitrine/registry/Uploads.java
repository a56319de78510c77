package dev.vitrine.registry;

import dev.vitrine.activity.Operation;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageData;
import dev.vitrine.image.ImageUploads;
import dev.vitrine.image.Location;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The way of an image from {@code queued} to {@code active}, and back. */
public interface Uploads {

  /**
   * Edge 4, with a new {@code pending} location in that store under the key {@code <image
   * id>/<location id>}, and counted as one of its {@linkplain #of uploads}. A repeat returns the
   * location of the first call, or is a {@code Conflict} once that upload is over. {@code TooLarge}
   * if the project's quota has no room for the declared size, which is taken at once.
   *
   * @param declaredSize bytes; null if not known, for {@link TransferNotes#reserve} to take them
   */
  Location begin(
      Operation operation,
      UUID imageId,
      FailurePolicy policy,
      String store,
      @Nullable Long declaredSize);

  /**
   * Edge 6: size and digests recorded, the location {@code active}, in one step. {@code Conflict}
   * if nobody has measured the data: then there may be none. While processes of a release that
   * measured nothing may be at work, what the workflow was told is believed.
   *
   * @param data what the workflow was told; what was {@linkplain TransferNotes#recordMeasured
   *     measured} counts
   */
  Image complete(Operation operation, UUID imageId, UUID locationId, ImageData data);

  /**
   * {@link TransferNotes#recordMeasured} and {@link #complete} in one step, for whoever has written
   * and measured the data itself. {@code Conflict} if the upload is over.
   *
   * @param data what was measured
   */
  Image completeMeasured(Operation operation, UUID imageId, UUID locationId, ImageData data);

  /** Edge 7 or 8: size and digests cleared, every location left {@code pending_delete}. */
  Image fail(Operation operation, UUID imageId, FailurePolicy policy);

  /**
   * The same for one upload: {@code Conflict} if it isn't the one that holds the image, which a
   * workflow that is run again may not know.
   *
   * @param locationId that {@link #begin} gave to that upload
   */
  Image fail(Operation operation, UUID imageId, FailurePolicy policy, UUID locationId);

  /** How many uploads of the image have begun, and which workflow is the last one. */
  ImageUploads of(UUID imageId);
}
