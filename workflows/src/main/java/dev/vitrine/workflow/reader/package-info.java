/**
 * Reads of the registry, for clients without another way to it. It must not change anything, nor
 * know any other workflow.
 */
@NullMarked
package dev.vitrine.workflow.reader;

import org.jspecify.annotations.NullMarked;
