package dev.vitrine.cli;

import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.task.Progress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Waits for something that is running and shows how far it is. */
final class Waiting {

  private Waiting() {}

  /**
   * Waits.
   *
   * @param await the result, or empty after so long
   * @param progress how far it is; what it can't say at present is passed over
   */
  static <R> R forResult(
      ProgressDisplay display,
      Duration poll,
      Function<Duration, Optional<R>> await,
      Supplier<Optional<Progress>> progress) {
    Optional<R> result = await.apply(poll);
    while (result.isEmpty()) {
      try {
        progress.get().ifPresent(display::show);
      } catch (Unavailable e) {
        // Progress is a courtesy; whether the server is gone, the next wait says.
      }
      result = await.apply(poll);
    }
    display.clear();
    return result.get();
  }
}
