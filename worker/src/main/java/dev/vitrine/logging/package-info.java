/** How lines are written into a log. It must not know what they are about. */
@NullMarked
package dev.vitrine.logging;

import org.jspecify.annotations.NullMarked;
