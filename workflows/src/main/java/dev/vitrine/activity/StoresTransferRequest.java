package dev.vitrine.activity;

import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.Location;
import dev.vitrine.json.Wire;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One transfer of data into several stores.
 *
 * @param targets the {@code pending} locations to write to, each in a store of its own; one or more
 * @param by on whose behalf; decides whether another image's data may be read
 * @param taskId the task whose progress this is; null if none
 */
@Wire
public record StoresTransferRequest(
    UUID imageId,
    Source source,
    List<Location> targets,
    ExpectedData expected,
    Requester by,
    @Nullable UUID taskId) {

  public StoresTransferRequest {
    targets = List.copyOf(targets);
    if (targets.isEmpty()) {
      throw new Invalid("image %s: a transfer has to go into a store".formatted(imageId));
    }
  }
}
