package dev.vitrine.http;

import java.time.Duration;

/**
 * What a server takes upon itself at most.
 *
 * @param requestHeaderSize bytes of a request's first line and headers
 * @param jsonBodySize bytes of a body that doesn't stream
 * @param bodyMemory bytes of all such bodies that are held at once
 * @param connections at once
 * @param threads at once, at most
 * @param headerTimeout how long a request's first line and headers may take, from their first byte
 * @param idleTimeout how long a connection may give or take nothing
 * @param streamIdleTimeout the same while a body streams in
 * @param bodyRate of a body that doesn't stream
 * @param streamRate of one that does
 */
public record HttpLimits(
    int requestHeaderSize,
    int jsonBodySize,
    long bodyMemory,
    int connections,
    int threads,
    Duration headerTimeout,
    Duration idleTimeout,
    Duration streamIdleTimeout,
    LeastRate bodyRate,
    LeastRate streamRate) {}
