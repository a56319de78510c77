package dev.vitrine.step;

import static dev.vitrine.error.Failures.carrying;

import dev.vitrine.activity.StreamActivities;
import dev.vitrine.registry.Registry;

/** The stream activities. Safe for use by many threads. */
public final class StreamActivitiesImpl implements StreamActivities {

  private final Registry registry;

  /** Activities on that registry. */
  public StreamActivitiesImpl(Registry registry) {
    this.registry = registry;
  }

  @Override
  public long signsOfLife(String taskQueue) {
    return carrying(() -> registry.streamHostSigns(taskQueue));
  }
}
