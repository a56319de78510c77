/** Knows what one or another package must not, so that each wall is seen to be one. */
@NullMarked
package dev.vitrine.architecture.violation.wall;

import org.jspecify.annotations.NullMarked;
