/**
 * The store in a directory, and files of unfinished data that one writer at a time holds. It must
 * not know images, sources, the registry or Temporal.
 */
@NullMarked
package dev.vitrine.store.file;

import org.jspecify.annotations.NullMarked;
