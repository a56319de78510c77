/**
 * What all workflows share: their ids, queues and search attributes, steps in the registry and how
 * long each may take. Deterministic: it must not know any clock, thread, random, file, network or
 * database, nor any of the workflows.
 */
@NullMarked
package dev.vitrine.workflow;

import org.jspecify.annotations.NullMarked;
