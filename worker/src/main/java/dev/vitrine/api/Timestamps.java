package dev.vitrine.api;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as the reference writes them: UTC, to the second, {@code 2026-11-24T06:10:29Z}. */
final class Timestamps {

  private Timestamps() {}

  static String of(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
