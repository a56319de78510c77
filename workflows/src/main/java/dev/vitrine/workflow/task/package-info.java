/**
 * Tasks: one execution for each, which dispatches to a class for each type. It knows uploads and
 * deletions, which it starts, and must not know passes.
 */
@NullMarked
package dev.vitrine.workflow.task;

import org.jspecify.annotations.NullMarked;
