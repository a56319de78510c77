package dev.vitrine.config;

import java.time.Duration;

/**
 * What requests to the API may take.
 *
 * @param maxHeaderSize bytes
 * @param maxJsonBodySize bytes
 * @param bodyMemory bytes of all JSON bodies that are held at once
 * @param maxConnections at once
 * @param maxThreads at once
 * @param headerTimeout from the first byte of a request to the end of its headers
 * @param idleTimeout how long a connection may give or take nothing
 * @param leastBodyRate bytes a second of a JSON body
 */
public record RequestSettings(
    int maxHeaderSize,
    int maxJsonBodySize,
    long bodyMemory,
    int maxConnections,
    int maxThreads,
    Duration headerTimeout,
    Duration idleTimeout,
    long leastBodyRate) {

  private static final int MOST = 100_000;
  private static final int LARGEST_BUFFER = 64 * 1024 * 1024;

  static RequestSettings read(SettingsReader in) {
    int largest = in.bytes("api.max-json-body-size", LARGEST_BUFFER);
    long memory = in.size("api.body-memory");
    if (memory < largest) {
      throw in.wrong(
          "api.body-memory",
          Long.toString(memory),
          "at least api.max-json-body-size, which is " + largest + " bytes");
    }
    return new RequestSettings(
        in.bytes("api.max-request-header-size", LARGEST_BUFFER),
        largest,
        memory,
        in.number("api.max-connections", 1, MOST),
        in.number("api.max-threads", 16, MOST),
        in.duration("api.header-timeout", Duration.ofMillis(1)),
        in.duration("api.idle-timeout", Duration.ofMillis(1)),
        in.sizeOrZero("api.least-body-rate"));
  }
}
