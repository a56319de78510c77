package dev.vitrine.remote;

import java.time.Duration;

/**
 * How a download takes a connection that breaks.
 *
 * @param attempts how often in a row it is tried without a byte arriving
 * @param pause between two attempts
 */
public record Persistence(int attempts, Duration pause) {

  /** Five attempts, two seconds apart. */
  public static final Persistence USUAL = new Persistence(5, Duration.ofSeconds(2));
}
