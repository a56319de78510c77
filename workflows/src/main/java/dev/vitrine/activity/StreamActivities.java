package dev.vitrine.activity;

import io.temporal.activity.ActivityInterface;

/** What is known of the processes that hold clients' streams. Short; meant as local activities. */
@ActivityInterface
public interface StreamActivities {

  /**
   * How often the process has given a sign of life to the registry, which it does every second
   * while it holds streams, whether or not it reaches Temporal. Whoever asks twice, some seconds
   * apart, learns whether it lives.
   *
   * @param taskQueue the process's own, of its {@link Source.HeldStream}
   * @return 0 if it never has
   */
  long signsOfLife(String taskQueue);
}
