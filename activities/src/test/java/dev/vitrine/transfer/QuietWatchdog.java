package dev.vitrine.transfer;

import dev.vitrine.transfer.HeartbeatDetails.Route;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/** A watchdog of work that is in no activity: nobody hears its heartbeats. */
final class QuietWatchdog {

  private QuietWatchdog() {}

  static Watchdog of(TransferConfig config, ScheduledExecutorService timer, Executor executor) {
    HeartbeatDetails details =
        new HeartbeatDetails(
            AttemptProgress.first(null, 1),
            new Route("a source", "a store"),
            config.sources().readTimeout());
    Duration tick = config.tuning().tick();
    ActivityAttempt activity =
        new ActivityAttempt(ignored -> {}, null, 1, Duration.ZERO, null, () -> true);
    HeartbeatSender heartbeats =
        new HeartbeatSender(
            activity, details, new HeartbeatSchedule(tick, 1, System::nanoTime), tick);
    return new Watchdog(
        heartbeats, details, config.sources().readTimeout(), tick, null, timer, executor);
  }
}
