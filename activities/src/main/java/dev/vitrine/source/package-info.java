/**
 * Where data comes from: files, the web, other images, the bodies of requests; each opened at its
 * start or where an earlier reader stopped, and only where it may be read. It must not know who
 * reads it and what for.
 */
@NullMarked
package dev.vitrine.source;

import org.jspecify.annotations.NullMarked;
