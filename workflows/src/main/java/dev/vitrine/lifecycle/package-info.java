/**
 * Status tables as data: edges, the decision whether an event applies, and their printed form. It
 * must not know what an image or a task is, nor any clock, store or Temporal type.
 */
@NullMarked
package dev.vitrine.lifecycle;

import org.jspecify.annotations.NullMarked;
