/**
 * Stand-ins: for Vitrine's workers, small workflows that end as a test asks, on the in-memory
 * server; for an image API, its wire. They must not know the clients or the command line, which are
 * tested against them.
 */
@NullMarked
package dev.vitrine.fake;

import org.jspecify.annotations.NullMarked;
