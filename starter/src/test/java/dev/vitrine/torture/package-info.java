/** Tests of whoever judges a tortured cluster. */
@NullMarked
package dev.vitrine.torture;

import org.jspecify.annotations.NullMarked;
