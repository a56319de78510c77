package dev.vitrine.image;

import dev.vitrine.json.Wire;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change of a status, written in the transaction that made it.
 *
 * @param subject the image or task
 * @param from null for a creation
 * @param event the event as people read it
 * @param cause why, in words
 * @param operationId what makes a repeat of the same change a no-op
 */
@Wire
public record HistoryEntry(
    UUID subject,
    @Nullable String from,
    String to,
    String event,
    Instant at,
    String cause,
    String operationId,
    String workflowId,
    String runId) {}
