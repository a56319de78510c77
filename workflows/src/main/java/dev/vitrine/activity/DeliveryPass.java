package dev.vitrine.activity;

import dev.vitrine.json.Wire;
import org.jspecify.annotations.Nullable;

/**
 * What came of a pass.
 *
 * @param known whether the endpoint is in the settings of the process that was asked; if not,
 *     nothing was done
 * @param delivered how many events the endpoint took
 * @param buried how many were put among the dead letters
 * @param failing why it takes none at present; null if it does
 */
@Wire
public record DeliveryPass(boolean known, int delivered, int buried, @Nullable String failing) {}
