package dev.vitrine.registry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that goes when told to; with nanoseconds, which the registry must not promise to keep.
 */
public final class AdjustableClock extends Clock {

  private Instant now = Instant.parse("2026-03-01T10:00:00.123456789Z");

  /** Lets that much time pass. */
  public synchronized void advance(Duration time) {
    now = now.plus(time);
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
