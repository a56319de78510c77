/** Files and directories that are for their owner alone. It knows nothing of what is in them. */
@NullMarked
package dev.vitrine.files;

import org.jspecify.annotations.NullMarked;
