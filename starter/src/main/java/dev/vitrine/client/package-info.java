/**
 * The Java client: typed starts of Vitrine's workflows, handles on them, and one mapping of
 * Temporal's errors. It must not know a worker, an activity implementation or the command line.
 */
@NullMarked
package dev.vitrine.client;

import org.jspecify.annotations.NullMarked;
