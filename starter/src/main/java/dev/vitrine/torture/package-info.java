/**
 * Runs a whole cluster on this machine, has it work and does it harm, and says whether everything
 * it promises was kept. It sees the cluster from outside, by its API, its tables, its directories
 * and its server, and must not know what it judges: no registry, store, workflow or client.
 */
@NullMarked
package dev.vitrine.torture;

import org.jspecify.annotations.NullMarked;
