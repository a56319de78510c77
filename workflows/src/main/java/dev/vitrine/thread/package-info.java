/**
 * Threads of ours: what they are called, and what the lines they log are about. It must not know
 * what they do, nor any Temporal type.
 */
@NullMarked
package dev.vitrine.thread;

import org.jspecify.annotations.NullMarked;
