package dev.vitrine.registry;

import dev.vitrine.error.VitrineException.NotFound;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has been told to webhooks, and what could not be. */
public interface Deliveries {

  /** The most dead letters of an endpoint; beyond that the oldest give way. */
  int MOST_DEAD_LETTERS = 100_000;

  /**
   * How far an endpoint is.
   *
   * @param told the last change that it was told, or that it was given up to tell
   * @param attempts that failed one after the other until now
   * @param failingSince when the first of them was; null if there are none
   * @param error the last one's; null likewise
   */
  record Progress(
      String endpoint,
      long told,
      int attempts,
      @Nullable Instant failingSince,
      @Nullable String error) {}

  /**
   * An event that could not be told.
   *
   * @param event the change
   * @param body as it was to be sent
   * @param again whether somebody wants it sent again
   */
  record DeadLetter(
      String endpoint, long event, String body, String error, Instant buriedAt, boolean again) {}

  /** Where an endpoint is; a new one begins with what happens from now on. */
  Progress open(String endpoint);

  /**
   * Says that these are told by this process, so that {@link Housekeeping} keeps their places.
   * Those that have none get none. To be said again more than once a day.
   */
  void keepPlaces(List<String> endpoints);

  /** Every endpoint whose place is kept. */
  List<Progress> all();

  /** The endpoint has taken it. Idempotent; the place never goes back. */
  void told(String endpoint, long event);

  /** The endpoint has not taken what comes next. */
  Progress failed(String endpoint, String error);

  /** Puts events among the dead letters, and goes on after the last. Idempotent by event. */
  void bury(String endpoint, List<DeadLetter> letters);

  /** The dead letters of an endpoint, oldest first, after one; 0 for the first page. */
  List<DeadLetter> deadLetters(String endpoint, long after, int limit);

  /** How many there are. */
  long countDeadLetters(String endpoint);

  /** Those that somebody wants sent again, oldest first. */
  List<DeadLetter> toSendAgain(String endpoint, int limit);

  /**
   * Wants dead letters sent again.
   *
   * @param event which one; null for all
   * @return how many
   * @throws NotFound if there is no such one
   */
  int sendAgain(String endpoint, @Nullable Long event);

  /** One was taken when sent again. Idempotent. */
  void unbury(String endpoint, long event);

  /** One was not taken when sent again, and stays. */
  void notTakenAgain(String endpoint, long event, String error);
}
