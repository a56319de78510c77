package dev.vitrine.activity;

import dev.vitrine.json.Wire;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a scan for one kind of finding, oldest first.
 *
 * @param after where to go on; null to begin
 * @param limit of findings; the rest is for the next stretch
 */
@Wire
public record ScanRequest(Finding.Kind kind, @Nullable ScanMark after, int limit) {}
