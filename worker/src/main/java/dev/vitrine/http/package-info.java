/**
 * HTTP as endpoints need it: listening, routing, reading bodies within their limits, and answering.
 * It must not know what an image is.
 */
@NullMarked
package dev.vitrine.http;

import org.jspecify.annotations.NullMarked;
