/**
 * Images' data on its way to whoever asked for it, from the first location that answers. It must
 * not know HTTP, nor the transfers that bring data in.
 */
@NullMarked
package dev.vitrine.download;

import org.jspecify.annotations.NullMarked;
