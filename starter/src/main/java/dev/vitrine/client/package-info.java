/**
 * The Java client: connections by Temporal's environment configuration, and a front for {@link
 * dev.vitrine.process}. It must not know a worker, an activity implementation or the command line.
 */
@NullMarked
package dev.vitrine.client;

import org.jspecify.annotations.NullMarked;
