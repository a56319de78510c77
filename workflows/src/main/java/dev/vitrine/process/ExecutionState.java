package dev.vitrine.process;

import dev.vitrine.task.Progress;
import org.jspecify.annotations.Nullable;

/**
 * The state of an execution and its transfer, as the Temporal server sees it; no worker is asked.
 *
 * @param ended whether it has ended; all else is null then
 * @param progress how far its transfer is; null if none is running or has reported yet
 * @param lastFailure why the transfer's previous attempt ended; null if there was none
 * @param awaitedQueue the task queue whose workers have not taken up its next step; null if one is
 *     at work on it. Passing, where workers are free
 */
public record ExecutionState(
    boolean ended,
    @Nullable Progress progress,
    @Nullable String lastFailure,
    @Nullable String awaitedQueue) {}
