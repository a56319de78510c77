/**
 * The steps of workflows that read and change the registry and move no data. It must not know
 * stores, transfers or how the registry is kept.
 */
@NullMarked
package dev.vitrine.step;

import org.jspecify.annotations.NullMarked;
