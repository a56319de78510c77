/**
 * The conversion of disks from one format to another by {@code qemu-img}, a process of its own that
 * is bounded in memory, time and size and has no network. It must not know images, stores or the
 * registry.
 */
@NullMarked
package dev.vitrine.conversion;

import org.jspecify.annotations.NullMarked;
