/**
 * The one family of errors, and its crossing of a Temporal failure and back. It must not know HTTP
 * or the command line, which map it themselves.
 */
@NullMarked
package dev.vitrine.error;

import org.jspecify.annotations.NullMarked;
