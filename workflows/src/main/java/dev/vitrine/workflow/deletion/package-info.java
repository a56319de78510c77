/**
 * An image's deletion and the removal of its data: one execution for each. It knows uploads,
 * because it stops them, and must not know tasks or passes.
 */
@NullMarked
package dev.vitrine.workflow.deletion;

import org.jspecify.annotations.NullMarked;
