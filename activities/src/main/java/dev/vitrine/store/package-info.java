/**
 * The stores: where data is kept, under keys that the registry gives out. It must not know images,
 * sources, the registry or Temporal.
 */
@NullMarked
package dev.vitrine.store;

import org.jspecify.annotations.NullMarked;
