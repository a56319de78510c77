package dev.vitrine.workflow;

import dev.vitrine.json.Wire;

/** How much one pass settled, per kind. */
@Wire
public record ReconciliationResult(
    int uploadsSettled,
    int tasksSettled,
    int deletionsStarted,
    int locationsRemoved,
    int tasksExpired,
    int imagesPurged,
    int failed) {}
