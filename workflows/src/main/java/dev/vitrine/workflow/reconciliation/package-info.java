/**
 * Passes, which settle what executions that were lost have left behind. It knows deletions, which
 * it starts, and must not know uploads' or tasks' workflows, whose rows are all it settles.
 */
@NullMarked
package dev.vitrine.workflow.reconciliation;

import org.jspecify.annotations.NullMarked;
