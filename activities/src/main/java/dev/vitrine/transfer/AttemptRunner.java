package dev.vitrine.transfer;

import dev.vitrine.activity.TransferHeartbeat;
import dev.vitrine.error.Failures;
import dev.vitrine.error.VitrineException;
import dev.vitrine.error.VitrineException.Unavailable;
import dev.vitrine.image.ImageData;
import dev.vitrine.registry.TransferNotes;
import dev.vitrine.source.HeldStreams;
import dev.vitrine.thread.DaemonThreads;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityWorkerShutdownException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs attempts under a watchdog, counts those without progress, and turns what ends them into what
 * Temporal is told. Safe for use by many threads; its own threads let the process end.
 */
final class AttemptRunner {

  private static final Logger log = LoggerFactory.getLogger(AttemptRunner.class);

  /** What an attempt does. */
  interface Work {
    ImageData run(AttemptProgress attempt) throws InterruptedException;
  }

  /**
   * What is transferred.
   *
   * @param key the location it goes to, or the task that exports: what no two transfers share
   * @param taskId whose progress it is; null for nobody's
   * @param handle of the stream that it comes from; null for a source that others can read too
   * @param route for people
   */
  record Subject(
      UUID key, @Nullable UUID taskId, @Nullable String handle, HeartbeatDetails.Route route) {}

  private final TransferNotes registry;
  private final TransferConfig config;
  private final Executor executor;
  private final HeldStreams streams;
  private final HeartbeatSchedule schedule;
  private final RunningTransfers transfers = new RunningTransfers();
  private final KeptDigests digests = new KeptDigests();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("vitrine-transfer"));

  AttemptRunner(
      TransferNotes registry, TransferConfig config, HeldStreams streams, Executor executor) {
    this.registry = registry;
    this.config = config;
    this.streams = streams;
    this.executor = executor;
    this.schedule =
        new HeartbeatSchedule(
            config.tuning().heartbeat(), config.tuning().heartbeatsPerSecond(), System::nanoTime);
  }

  /**
   * Runs an attempt: takes over the transfer that an earlier attempt began in this process and that
   * runs still, or begins.
   *
   * @throws ApplicationFailure what the transfer failed with
   * @throws ActivityCompletionException if the attempt is over
   */
  ImageData run(Subject subject, ActivityAttempt activity, Work work) {
    while (true) {
      Optional<RunningTransfer> running = transfers.find(subject.key());
      Optional<ImageData> data =
          running.isPresent() ? follow(running.get(), activity) : begin(subject, activity, work);
      if (data.isPresent()) {
        return data.get();
      }
    }
  }

  /** A worker that stops is noticed by the next heartbeat, which is now due all the time. */
  void hurry() {
    schedule.hurry();
  }

  private Optional<ImageData> follow(RunningTransfer running, ActivityAttempt activity) {
    try (HeartbeatSender heartbeats =
        new HeartbeatSender(activity, running.details(), schedule, config.tuning().tick())) {
      return running.follow(heartbeats, config.tuning().tick());
    } catch (InterruptedException e) {
      // As the transfer's own thread: a worker that is shut down hard interrupts first.
      activity.heartbeat().accept(running.details());
      Thread.currentThread().interrupt();
      throw Failures.toTemporal(
          new Unavailable("the transfer was interrupted"), activity.attempt());
    }
  }

  /** Empty if another attempt began at the same time. */
  private Optional<ImageData> begin(Subject subject, ActivityAttempt activity, Work work) {
    TransferHeartbeat last = activity.last();
    if (last != null && last.attemptsWithoutProgress() >= config.maxAttemptsWithoutProgress()) {
      String cause = "the process that did it stopped answering";
      throw Failures.toTemporal(
          AttemptProgress.gaveUp(last.attemptsWithoutProgress(), cause), activity.attempt());
    }
    String handle = subject.handle();
    Duration ofSources = config.sources().readTimeout();
    Duration patience = handle == null ? ofSources : streams.patience(ofSources);
    HeartbeatDetails details =
        new HeartbeatDetails(
            AttemptProgress.first(last, activity.attempt()), subject.route(), patience);
    Duration takeOver = handle == null ? config.tuning().takeOver() : null;
    try (HeartbeatSender heartbeats =
            new HeartbeatSender(activity, details, schedule, config.tuning().tick());
        Watchdog watchdog =
            new Watchdog(
                heartbeats, details, patience, config.tuning().tick(), takeOver, timer, executor)) {
      if (handle == null) {
        // Counts the attempt before it can take its process with it. A stream has only the one.
        watchdog.beat();
      }
      RunningTransfer transfer = new RunningTransfer(watchdog);
      if (!transfers.enter(subject.key(), transfer)) {
        return Optional.empty();
      }
      boolean kept =
          handle != null && streams.onRelease(handle, () -> transfers.release(subject.key()));
      ProgressNotes notes =
          new ProgressNotes(
              registry, subject.taskId(), config.tuning().progressInterval(), executor);
      AttemptProgress attempt =
          new AttemptProgress(
              watchdog,
              last,
              activity.attempt(),
              notes,
              digests.of(subject.key(), activity.attempt()));
      return Optional.of(outcome(subject, activity, transfer, kept, attempt, work));
    }
  }

  private ImageData outcome(
      Subject subject,
      ActivityAttempt activity,
      RunningTransfer transfer,
      boolean kept,
      AttemptProgress attempt,
      Work work) {
    try {
      ImageData data = work.run(attempt);
      if (!kept) {
        transfers.forget(subject.key(), transfer);
      }
      transfer.succeeded(data);
      return data;
    } catch (RuntimeException | InterruptedException e) {
      RuntimeException failure = ended(attempt, activity, e);
      boolean isFinal = failure instanceof ApplicationFailure f && f.isNonRetryable();
      if (!kept || !isFinal) {
        transfers.forget(subject.key(), transfer);
      }
      if (isFinal) {
        digests.forget(subject.key());
      }
      transfer.failed(failure);
      throw failure;
    }
  }

  /** What to end the attempt with. That it was told to stop explains whatever else went wrong. */
  private RuntimeException ended(AttemptProgress attempt, ActivityAttempt activity, Exception e) {
    try {
      attempt.watchdog().check();
      if (e instanceof InterruptedException || Thread.interrupted()) {
        // A worker that is shut down hard interrupts first; its heartbeats say so.
        attempt.watchdog().beat();
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
    VitrineException last = attempt.failure(error, config.maxAttemptsWithoutProgress());
    Duration retryIn = activity.retryIn();
    if (last.isTransient() && retryIn != null) {
      attempt.failing(last.getMessage(), retryIn);
    }
    return Failures.toTemporal(last, attempt.watchdog().current().attempt());
  }
}
