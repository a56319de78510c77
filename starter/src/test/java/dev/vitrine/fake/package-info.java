/**
 * A stand-in for Vitrine's workers: small workflows that end as a test asks, on the in-memory
 * server. It must not know the client or the command line, which are tested against it.
 */
@NullMarked
package dev.vitrine.fake;

import org.jspecify.annotations.NullMarked;
