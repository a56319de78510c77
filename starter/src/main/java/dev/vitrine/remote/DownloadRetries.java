package dev.vitrine.remote;

import java.time.Duration;

/**
 * How a download takes a connection that breaks.
 *
 * @param attempts how often in a row it is tried without a byte arriving
 * @param pause between two attempts
 */
public record DownloadRetries(int attempts, Duration pause) {

  /** Five attempts, two seconds apart. */
  public static final DownloadRetries USUAL = new DownloadRetries(5, Duration.ofSeconds(2));
}
