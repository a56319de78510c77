/**
 * Starting and watching Vitrine's processes from outside: typed starts of workflows, handles on
 * them, and one mapping of Temporal's errors. It must not know who opens the connection, a worker,
 * an activity implementation, HTTP or the command line; it is no workflow code, and none knows it.
 */
@NullMarked
package dev.vitrine.process;

import org.jspecify.annotations.NullMarked;
