/**
 * The decompression of data on its way in, told by its first bytes and bounded in memory, size and
 * ratio. It must not know images, stores or the registry.
 */
@NullMarked
package dev.vitrine.decompression;

import org.jspecify.annotations.NullMarked;
