/**
 * Changes of an image that move no data, for clients without another way to the registry. It must
 * not know any other workflow.
 */
@NullMarked
package dev.vitrine.workflow.action;

import org.jspecify.annotations.NullMarked;
