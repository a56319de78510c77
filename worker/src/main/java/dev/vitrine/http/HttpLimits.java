package dev.vitrine.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a server accepts, and how it tells of it.
 *
 * @param publicEndpoint what clients reach it by, without a slash at the end; null for what their
 *     {@code Host} header says
 * @param requestHeaderSize bytes of a request's first line and headers
 * @param jsonBodySize bytes of a body that doesn't stream
 * @param connections at once
 * @param threads at once, at most
 * @param idleTimeout how long a connection may give or take nothing
 * @param accessLog whether each request is logged
 */
public record HttpLimits(
    @Nullable String publicEndpoint,
    int requestHeaderSize,
    int jsonBodySize,
    int connections,
    int threads,
    Duration idleTimeout,
    boolean accessLog) {}
