package dev.vitrine.activity;

import dev.vitrine.image.ExpectedData;
import io.temporal.activity.ActivityInterface;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The moving of data. Long: regular activities that heartbeat a {@link dev.vitrine.task.Progress}
 * (in a record that also carries what a resumption needs), are cancelled through the heartbeat and
 * resume on any worker from what is durable.
 *
 * <p>Transient errors are retryable failures; an error that repeating can't mend, or that repeated
 * without progress too often, is a non-retryable one whose type is its {@link
 * dev.vitrine.error.VitrineException} kind.
 */
@ActivityInterface
public interface TransferActivities {

  /**
   * Brings the data into the store, verifies it and publishes it under the location's key.
   * Idempotent by the location: data already published is verified again and not fetched.
   *
   * @return size and digests of what was stored, and how many attempts that took
   */
  Transferred transfer(TransferRequest request);

  /**
   * Brings the data into several stores in one pass: read once, hashed once, inspected once. A
   * store that fails is dropped, and the pass goes on while one is left; the last one's failure is
   * the attempt's. Each place goes on where it was; what is published counts as done. What was
   * measured is noted for each place that has the data.
   */
  StoresTransferred transferToStores(StoresTransferRequest request);

  /**
   * Asks another region what its image is, and gives the image that is imported the same formats,
   * and those of its properties that the operator lets in. Idempotent; undone if the import fails.
   *
   * @return what its data is said to be
   */
  ExpectedData describeFromRegion(UUID taskId, UUID imageId, Source.OfRegion source);

  /**
   * Reads data that stays where it is, and notes what was measured of it for the location, which is
   * of {@link dev.vitrine.image.Location#EXTERNAL}. Each attempt begins at the first byte.
   *
   * @return size and digests, and how many attempts that took
   */
  Transferred measureLocation(TransferRequest request);

  /**
   * Writes an image's data to the destination, verified against its recorded size and digests, and
   * publishes it there. Idempotent by the task: what the same task has published is verified again.
   * {@code Conflict} if something else exists at the destination.
   */
  Transferred exportImage(ExportRequest request);

  /**
   * Removes what a half-done export of that task left, and what it published. Idempotent. Nothing
   * that another task wrote is touched.
   */
  void discardExport(UUID taskId, String destination);

  /**
   * Removes the data of a location, partial or whole, from its store, then the location's row.
   * Idempotent by the location's id: an unknown one is done already. External data is not touched.
   * {@code Conflict} if the location is {@code active}: only what the registry gave up is removed.
   *
   * @return how many attempts that took; null from releases that did not say
   */
  @Nullable Integer removeLocation(UUID imageId, UUID locationId);
}
