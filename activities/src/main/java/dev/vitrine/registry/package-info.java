/**
 * The registry: images, locations, members, tasks and the history of every status change, in a
 * relational database. It must not know stores, transfers or the servers that use it.
 */
@NullMarked
package dev.vitrine.registry;

import org.jspecify.annotations.NullMarked;
