/**
 * Shows to people what is encoded in Temporal: a server that its Web UI and command line ask. It
 * must not know what is encoded, nor how a command is given.
 */
@NullMarked
package dev.vitrine.decoder;

import org.jspecify.annotations.NullMarked;
