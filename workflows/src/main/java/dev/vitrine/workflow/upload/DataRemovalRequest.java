package dev.vitrine.workflow.upload;

import dev.vitrine.json.Wire;
import java.util.UUID;

/**
 * Data to be removed.
 *
 * @param locationId of data that the registry has given up
 * @param store where it is, for people
 */
@Wire
public record DataRemovalRequest(UUID imageId, UUID locationId, String store) {}
