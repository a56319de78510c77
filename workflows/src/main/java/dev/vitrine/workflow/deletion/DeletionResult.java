package dev.vitrine.workflow.deletion;

import dev.vitrine.json.Wire;
import java.util.UUID;

/**
 * How a deletion ended: the image is {@code deleted} and no data of it is left.
 *
 * @param locationsRemoved how many locations' data this execution removed
 */
@Wire
public record DeletionResult(UUID imageId, int locationsRemoved) {}
