/**
 * A client of OpenStack Glance's image API v2 over HTTP: Vitrine's own, or any other server of it.
 * It must not know Temporal's workflows, the registry or the command line.
 */
@NullMarked
package dev.vitrine.remote;

import org.jspecify.annotations.NullMarked;
