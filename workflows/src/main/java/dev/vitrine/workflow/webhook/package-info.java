/**
 * The telling of webhooks what has changed: one execution for each endpoint. It must not know what
 * is told, nor any other workflow.
 */
@NullMarked
package dev.vitrine.workflow.webhook;

import org.jspecify.annotations.NullMarked;
