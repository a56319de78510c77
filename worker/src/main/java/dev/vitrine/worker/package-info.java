/**
 * The process people run: the object graph, the Temporal workers of each role, their start and
 * their end. It must not know how images, tasks or data are handled.
 */
@NullMarked
package dev.vitrine.worker;

import org.jspecify.annotations.NullMarked;
