/** The rules of the code base as tests, and small classes that break each of them on purpose. */
@NullMarked
package dev.vitrine.architecture;

import org.jspecify.annotations.NullMarked;
