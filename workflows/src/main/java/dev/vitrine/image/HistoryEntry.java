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
 * @param user on whose behalf; null where it is not known, because it was done before that was kept
 * @param project theirs; null likewise
 * @param requestId the API's request that asked for it; null if none did, or it is not known
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
    String runId,
    @Nullable String user,
    @Nullable String project,
    @Nullable String requestId) {}
