/**
 * An image's data coming in: one execution for each upload, and one for the removal of what a
 * failed one has left. It must not know deletions, tasks or passes: whoever waits for its end says
 * so by an interface.
 */
@NullMarked
package dev.vitrine.workflow.upload;

import org.jspecify.annotations.NullMarked;
