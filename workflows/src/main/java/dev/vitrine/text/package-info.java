/** Text that others may have chosen, made safe to print. It must not know where it comes from. */
@NullMarked
package dev.vitrine.text;

import org.jspecify.annotations.NullMarked;
