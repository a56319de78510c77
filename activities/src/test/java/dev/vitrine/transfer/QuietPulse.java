package dev.vitrine.transfer;

import dev.vitrine.transfer.Live.Route;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/** A pulse of work that is in no activity: nobody hears its heartbeats. */
final class QuietPulse {

  private QuietPulse() {}

  static Pulse of(TransferConfig config, ScheduledExecutorService timer, Executor executor) {
    Live live =
        new Live(
            Attempt.first(null, 1), new Route("a source", "a store"), config.sourceReadTimeout());
    Duration tick = config.tuning().pulse();
    Heart heart = new Heart(details -> {}, null, 1, Duration.ZERO, null, () -> true);
    Beats beats = new Beats(heart, live, new Pace(tick, 1, System::nanoTime), tick);
    return new Pulse(beats, live, config.sourceReadTimeout(), tick, null, timer, executor);
  }
}
