package dev.vitrine.activity;

import dev.vitrine.access.Requester;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.Location;
import dev.vitrine.json.Wire;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One transfer of data into a store.
 *
 * @param location the {@code pending} location to write to
 * @param by on whose behalf; decides whether another image's data may be read
 * @param taskId the task whose progress this is; null if none
 */
@Wire
public record TransferRequest(
    UUID imageId,
    Source source,
    Location location,
    ExpectedData expected,
    Requester by,
    @Nullable UUID taskId) {}
