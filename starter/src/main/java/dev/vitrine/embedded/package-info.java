/**
 * The whole service in one process, for a first look and for development: a Temporal server, a
 * worker and a registry. It must not be needed by anything that runs in a cluster.
 */
@NullMarked
package dev.vitrine.embedded;

import org.jspecify.annotations.NullMarked;
