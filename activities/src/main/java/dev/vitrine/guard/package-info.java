/**
 * Images and tasks as somebody may have them: who may do it is asked first, then the registry. It
 * must not know stores, transfers, workflows or how the registry is kept.
 */
@NullMarked
package dev.vitrine.guard;

import org.jspecify.annotations.NullMarked;
