package dev.vitrine.registry;

import dev.vitrine.activity.Finding;
import dev.vitrine.activity.ScanMark;
import dev.vitrine.image.FailurePolicy;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row in transit, which only a live workflow may leave as it is.
 *
 * @param kind what it is a case of if there is no such workflow
 * @param id of an image, a task or a location, by the kind
 * @param since when it came to be as it is; when it was created, for a task
 * @param status its own, or its location's
 * @param imageId the image it is about; null if none
 * @param policy of an upload that has one; null otherwise
 * @param store of a location; null otherwise
 * @param upload the workflow of a saving image's upload; null if none is noted, and otherwise
 */
public record BacklogRow(
    Finding.Kind kind,
    UUID id,
    Instant since,
    String status,
    @Nullable UUID imageId,
    @Nullable FailurePolicy policy,
    @Nullable String store,
    @Nullable String upload) {

  /** Its place in the order. */
  public ScanMark mark() {
    return new ScanMark(since, id);
  }
}
