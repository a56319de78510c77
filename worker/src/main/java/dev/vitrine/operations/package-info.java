/**
 * What operators and their machines ask a process: whether it lives, is ready, and its metrics. It
 * knows nothing of how data is moved and kept: whoever runs the process says what it can ask.
 */
@NullMarked
package dev.vitrine.operations;

import org.jspecify.annotations.NullMarked;
