/**
 * How what Vitrine gives to Temporal is encoded, for its processes and clients alike. It must not
 * know what is encoded.
 */
@NullMarked
package dev.vitrine.codec;

import org.jspecify.annotations.NullMarked;
