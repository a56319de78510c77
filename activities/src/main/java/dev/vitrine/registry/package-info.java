/**
 * What the registry keeps and does for its readers: images, locations, members, tasks and the
 * history of every status change. It must not know how that is kept, nor stores, transfers or the
 * servers that use it.
 */
@NullMarked
package dev.vitrine.registry;

import org.jspecify.annotations.NullMarked;
