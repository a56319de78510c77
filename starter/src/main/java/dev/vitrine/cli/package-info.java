/**
 * The command line: arguments in, a client call, text or JSON and an exit code out. It must not
 * know the registry, a store or how a workflow is done; all it does goes through the client.
 */
@NullMarked
package dev.vitrine.cli;

import org.jspecify.annotations.NullMarked;
