/**
 * The comparison of what stores have with what the registry says: one execution for an image, and
 * one for all of a sweep. It must not know how data is read.
 */
@NullMarked
package dev.vitrine.workflow.verification;

import org.jspecify.annotations.NullMarked;
