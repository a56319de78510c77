package dev.vitrine.activity;

import dev.vitrine.json.Wire;

/**
 * A stretch of a sweep.
 *
 * @param from where it begins
 * @param room how many findings it may carry; the others it counts and logs
 */
@Wire
public record SweepRequest(SweepOrder order, SweepMark from, int room) {}
