/**
 * Every workflow, as a worker registers them, and how their faults end them. It must not do any
 * work of theirs.
 */
@NullMarked
package dev.vitrine.workflow.registration;

import org.jspecify.annotations.NullMarked;
