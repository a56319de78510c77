/**
 * Measures what durable work costs: the floor, which is what Temporal itself takes for it, and
 * beside it a stack of this process. It must not know the command line.
 */
@NullMarked
package dev.vitrine.bench.durable;

import org.jspecify.annotations.NullMarked;
