/** Tests of the embedded stack. They must not be needed by tests of another package. */
@NullMarked
package dev.vitrine.embedded;

import org.jspecify.annotations.NullMarked;
