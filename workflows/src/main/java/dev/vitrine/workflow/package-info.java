/**
 * The workflows: one execution per process (an upload, a task run, a deletion). Deterministic: it
 * must not know any clock, thread, random, file, network or database.
 */
@NullMarked
package dev.vitrine.workflow;

import org.jspecify.annotations.NullMarked;
