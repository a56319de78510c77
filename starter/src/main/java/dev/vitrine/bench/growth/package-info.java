/**
 * Measures what the registry's work costs at one size and at another: makes rows, and asks for them
 * as the API does. It must not know the command line.
 */
@NullMarked
package dev.vitrine.bench.growth;

import org.jspecify.annotations.NullMarked;
