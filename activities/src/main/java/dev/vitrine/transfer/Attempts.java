package dev.vitrine.transfer;

import dev.vitrine.activity.TransferHeartbeat;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.ImageData;
import dev.vitrine.registry.Registry;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityWorkerShutdownException;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs attempts under a pulse, counts those without progress, and turns what ends them into what
 * Temporal is told. Safe for use by many threads; its own keep no process alive.
 */
final class Attempts {

  private static final Logger log = LoggerFactory.getLogger(Attempts.class);

  /** What an attempt does. */
  interface Work {
    ImageData run(Attempt attempt) throws InterruptedException;
  }

  private final Registry registry;
  private final TransferConfig config;
  private final Executor executor;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(daemons());

  Attempts(Registry registry, TransferConfig config, Executor executor) {
    this.registry = registry;
    this.config = config;
    this.executor = executor;
  }

  static ThreadFactory daemons() {
    return task -> {
      Thread thread = new Thread(task, "vitrine-transfer");
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * @param taskId whose progress it is; null for nobody's
   */
  ImageData run(@Nullable UUID taskId, Heart heart, Work work) {
    TransferHeartbeat last = heart.last();
    if (last != null && last.attemptsWithoutProgress() >= config.maxAttemptsWithoutProgress()) {
      String cause = "the process that did it stopped answering";
      throw Failures.toTemporal(
          Attempt.gaveUp(last.attemptsWithoutProgress(), cause), heart.attempt());
    }
    TransferHeartbeat first = Attempt.first(last, heart.attempt());
    try (Pulse pulse = new Pulse(heart.heartbeat(), first, config, timer, executor)) {
      ProgressNotes notes =
          new ProgressNotes(registry, taskId, config.tuning().progressInterval(), executor);
      Attempt attempt = new Attempt(pulse, last, heart.attempt(), notes);
      try {
        return work.run(attempt);
      } catch (RuntimeException | InterruptedException e) {
        throw ended(attempt, e);
      }
    }
  }

  /** What to end the attempt with. That it was told to stop explains whatever else went wrong. */
  private RuntimeException ended(Attempt attempt, Exception e) {
    try {
      attempt.pulse().check();
      if (e instanceof InterruptedException || Thread.interrupted()) {
        // A worker that is shut down hard interrupts first; its heartbeats say so.
        attempt.pulse().beat();
        Thread.currentThread().interrupt();
      }
    } catch (ActivityWorkerShutdownException stop) {
      attempt.handedOver();
      return stop;
    } catch (ActivityCompletionException stop) {
      return stop;
    }
    VitrineException error;
    if (e instanceof VitrineException foreseen) {
      error = foreseen;
    } else if (e instanceof InterruptedException) {
      error = new Unavailable("the transfer was interrupted");
    } else {
      log.warn("A transfer failed unexpectedly", e);
      error = new Unavailable("the transfer failed unexpectedly: " + e);
    }
    return Failures.toTemporal(
        attempt.failure(error, config.maxAttemptsWithoutProgress()),
        attempt.pulse().current().attempt());
  }
}
