/**
 * What a store is: where data is kept, under keys that the registry gives out. It must not know
 * where any one store keeps it, nor images, sources, the registry or Temporal.
 */
@NullMarked
package dev.vitrine.store;

import org.jspecify.annotations.NullMarked;
