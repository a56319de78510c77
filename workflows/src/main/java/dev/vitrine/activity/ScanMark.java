package dev.vitrine.activity;

import dev.vitrine.json.Wire;
import java.time.Instant;
import java.util.UUID;

/**
 * How far a scan has come: it goes on behind this row.
 *
 * @param since when the row came to be as it is; the oldest come first
 * @param id tells rows of one moment apart
 */
@Wire
public record ScanMark(Instant since, UUID id) {}
