/**
 * Tasks: statuses, edges, types and inputs. It must not know how they are stored or run, nor any
 * Temporal type.
 */
@NullMarked
package dev.vitrine.task;

import org.jspecify.annotations.NullMarked;
