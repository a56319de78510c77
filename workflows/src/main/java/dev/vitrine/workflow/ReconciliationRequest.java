package dev.vitrine.workflow;

import dev.vitrine.json.Wire;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One reconciliation.
 *
 * @param repeatEvery makes the execution repeat itself, for a server without schedules; null for a
 *     single pass
 */
@Wire
public record ReconciliationRequest(@Nullable Duration repeatEvery) {}
