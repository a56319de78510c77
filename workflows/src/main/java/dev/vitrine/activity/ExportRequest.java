package dev.vitrine.activity;

import dev.vitrine.access.Requester;
import dev.vitrine.json.Wire;
import java.util.UUID;

/**
 * One transfer of an image's data out of its store.
 *
 * @param destination a {@code file} URL below one of the worker's export roots
 */
@Wire
public record ExportRequest(UUID taskId, UUID imageId, String destination, Requester by) {}
