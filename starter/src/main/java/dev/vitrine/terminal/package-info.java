/**
 * What a person sees on a terminal: tables, text cut to columns, a line of progress that is
 * redrawn, and last words at Ctrl-C. It must not know commands, their arguments or which server is
 * asked.
 */
@NullMarked
package dev.vitrine.terminal;

import org.jspecify.annotations.NullMarked;
