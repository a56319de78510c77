/**
 * What data is, told from its own bytes while they pass: its disk format, the size of the disk it
 * describes, and what of it nobody should open. It must not know images, transfers, the registry,
 * files or Temporal.
 */
@NullMarked
package dev.vitrine.inspect;

import org.jspecify.annotations.NullMarked;
