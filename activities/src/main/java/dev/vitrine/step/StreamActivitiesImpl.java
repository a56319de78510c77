package dev.vitrine.step;

import static dev.vitrine.error.Failures.carrying;

import dev.vitrine.activity.StreamActivities;
import dev.vitrine.registry.StreamHosts;

/** The stream activities. Safe for use by many threads. */
public final class StreamActivitiesImpl implements StreamActivities {

  private final StreamHosts hosts;

  /** Asks for the signs of those. */
  public StreamActivitiesImpl(StreamHosts hosts) {
    this.hosts = hosts;
  }

  @Override
  public long signsOfLife(String taskQueue) {
    return carrying(() -> hosts.signs(taskQueue));
  }
}
