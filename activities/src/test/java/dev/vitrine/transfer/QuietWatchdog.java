package dev.vitrine.transfer;

import dev.vitrine.transfer.HeartbeatDetails.Route;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/** A pulse of work that is in no activity: nobody hears its heartbeats. */
final class QuietWatchdog {

  private QuietWatchdog() {}

  static Watchdog of(TransferConfig config, ScheduledExecutorService timer, Executor executor) {
    HeartbeatDetails live =
        new HeartbeatDetails(
            AttemptProgress.first(null, 1),
            new Route("a source", "a store"),
            config.sourceReadTimeout());
    Duration tick = config.tuning().pulse();
    ActivityAttempt heart =
        new ActivityAttempt(details -> {}, null, 1, Duration.ZERO, null, () -> true);
    HeartbeatSender beats =
        new HeartbeatSender(heart, live, new HeartbeatSchedule(tick, 1, System::nanoTime), tick);
    return new Watchdog(beats, live, config.sourceReadTimeout(), tick, null, timer, executor);
  }
}
