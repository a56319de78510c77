/**
 * Measures a server of the image API against the limits of the machine that it is measured on. It
 * must not know which server that is, nor the command line.
 */
@NullMarked
package dev.vitrine.bench;

import org.jspecify.annotations.NullMarked;
