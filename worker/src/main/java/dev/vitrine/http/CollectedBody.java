package dev.vitrine.http;

import java.io.InputStream;

/**
 * A request's body after some of it was collected in memory.
 *
 * @param stream all of it, what has come first; to be closed by who reads it
 * @param whole whether everything has come, so that no reading waits
 */
public record CollectedBody(InputStream stream, boolean whole) {}
