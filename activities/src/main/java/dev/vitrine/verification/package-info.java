/**
 * The comparison of what stores have with what the registry says of it: of data whether it is what
 * was measured, and of stores and registry whether each knows what the other has. It must not know
 * how data comes into a store.
 */
@NullMarked
package dev.vitrine.verification;

import org.jspecify.annotations.NullMarked;
