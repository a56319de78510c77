/**
 * The telling of others what has changed: events out of the history, signed, one after the other.
 * It must not know HTTP's server side, nor who may look at what.
 */
@NullMarked
package dev.vitrine.webhook;

import org.jspecify.annotations.NullMarked;
