/** Goes past the guards of the registry. */
@NullMarked
package dev.vitrine.architecture.violation.guard;

import org.jspecify.annotations.NullMarked;
