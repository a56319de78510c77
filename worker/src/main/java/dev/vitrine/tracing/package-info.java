/**
 * Traces: the spans of requests, of the workflows they start, of activities and of what stores are
 * asked, and how one is the next one's parent across threads and processes. It must not know how
 * data is moved, nor the registry or the settings; nobody else knows OpenTelemetry.
 */
@NullMarked
package dev.vitrine.tracing;

import org.jspecify.annotations.NullMarked;
