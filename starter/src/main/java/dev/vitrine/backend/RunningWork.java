package dev.vitrine.backend;

import dev.vitrine.process.ExecutionState;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An upload or a task that goes on by itself, whoever watches it. */
public interface RunningWork {

  /** As it is named to people: {@code task <id>}. */
  String what();

  /** What is printed of it by somebody who does not wait. */
  Reply started();

  /** How to come back to it, for somebody who leaves. */
  String leave();

  boolean hasEnded();

  /**
   * Waits for its end.
   *
   * @return empty if it has not ended within that time
   */
  Optional<Ending> await(Duration timeout);

  /** How it stands at present. */
  ExecutionState state();

  /** Asks it to stop; without effect once it has ended. */
  void cancel();

  /**
   * How it ended.
   *
   * @param status its last one, by its name
   * @param failure null if it did what it was to do
   */
  record Ending(String status, Reply reply, @Nullable Failure failure) {}

  /**
   * Why it did not do what it was to do.
   *
   * @param kind for scripts
   */
  record Failure(String kind, String message) {}
}
