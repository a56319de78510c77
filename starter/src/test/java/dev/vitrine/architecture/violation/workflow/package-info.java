/** Breaks rules on purpose, so that each is seen to fail. */
@NullMarked
package dev.vitrine.architecture.violation.workflow;

import org.jspecify.annotations.NullMarked;
