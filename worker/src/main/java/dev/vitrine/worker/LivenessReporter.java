package dev.vitrine.worker;

import dev.vitrine.error.VitrineException;
import dev.vitrine.registry.StreamHosts;
import dev.vitrine.thread.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the registry that this process lives, as long as it holds streams: the server may have lost
 * sight of it because it was away itself. Its thread keeps no process alive.
 */
final class LivenessReporter implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LivenessReporter.class);

  private final StreamHosts hosts;
  private final String taskQueue;
  private final BooleanSupplier holding;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("vitrine-liveness"));
  private volatile boolean signed;

  /**
   * Begins.
   *
   * @param holding whether there is anything to live for
   */
  LivenessReporter(StreamHosts hosts, String taskQueue, BooleanSupplier holding, Duration every) {
    this.hosts = hosts;
    this.taskQueue = taskQueue;
    this.holding = holding;
    var unused =
        timer.scheduleWithFixedDelay(
            this::sign, every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void sign() {
    if (!holding.getAsBoolean()) {
      return;
    }
    try {
      hosts.sign(taskQueue);
      signed = true;
    } catch (VitrineException e) {
      log.debug("The registry has no sign of life of {}", taskQueue, e);
    } catch (RuntimeException e) {
      log.warn("Signs of life of {} fail unexpectedly", taskQueue, e);
    }
  }

  /** Ends, with the registry still open. */
  @Override
  public void close() {
    timer.shutdownNow();
    try {
      if (timer.awaitTermination(1, TimeUnit.SECONDS) && signed) {
        hosts.remove(taskQueue);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (VitrineException e) {
      log.debug("The registry still knows {}", taskQueue, e);
    }
  }
}
