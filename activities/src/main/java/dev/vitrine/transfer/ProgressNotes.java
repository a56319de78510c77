package dev.vitrine.transfer;

import dev.vitrine.error.VitrineException;
import dev.vitrine.registry.TransferNotes;
import dev.vitrine.task.Progress;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes a task's progress in the registry now and then, beside the transfer: a registry that is
 * slow or away holds up no data.
 */
final class ProgressNotes {

  private static final Logger log = LoggerFactory.getLogger(ProgressNotes.class);

  /** What doesn't change is noted so many times less often. */
  private static final int KEPT_FRESH = 5;

  private static final long PATIENCE_SECONDS = 2;

  private final TransferNotes registry;
  private final @Nullable UUID taskId;
  private final long intervalNanos;
  private final Executor executor;
  private final LongSupplier nanoTime;
  private final AtomicBoolean noting = new AtomicBoolean();
  private volatile long notedAt;
  private volatile @Nullable String waiting;

  /**
   * @param taskId null for a transfer that belongs to no task
   */
  ProgressNotes(
      TransferNotes registry, @Nullable UUID taskId, Duration interval, Executor executor) {
    this(registry, taskId, interval, executor, System::nanoTime);
  }

  ProgressNotes(
      TransferNotes registry,
      @Nullable UUID taskId,
      Duration interval,
      Executor executor,
      LongSupplier nanoTime) {
    this.registry = registry;
    this.taskId = taskId;
    this.intervalNanos = interval.toNanos();
    this.executor = executor;
    this.nanoTime = nanoTime;
    this.notedAt = nanoTime.getAsLong() - intervalNanos;
  }

  /** Notes it, unless something was noted a moment ago. */
  void accept(Progress progress) {
    if (isDue(intervalNanos)) {
      noteBeside(progress);
    }
  }

  /** Notes it if what it waits for has changed, or to keep it fresh. */
  void watch(Progress progress) {
    boolean changed = !Objects.equals(progress.waiting(), waiting);
    if (isDue(changed ? intervalNanos : KEPT_FRESH * intervalNanos)) {
      noteBeside(progress);
    }
  }

  /** Notes it in any case, and waits a moment until that is done. */
  void note(Progress progress) {
    if (taskId == null) {
      return;
    }
    try {
      CompletableFuture.runAsync(() -> write(progress), executor)
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      log.debug("Progress of task {} was not noted in time", taskId, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isDue(long after) {
    return taskId != null && nanoTime.getAsLong() - notedAt >= after;
  }

  private void noteBeside(Progress progress) {
    if (!noting.compareAndSet(false, true)) {
      return;
    }
    notedAt = nanoTime.getAsLong();
    waiting = progress.waiting();
    executor.execute(
        () -> {
          try {
            write(progress);
          } finally {
            noting.set(false);
          }
        });
  }

  private void write(Progress progress) {
    UUID task = taskId;
    if (task == null) {
      return;
    }
    try {
      registry.recordProgress(task, progress);
    } catch (VitrineException e) {
      log.debug("Progress of task {} was not noted", task, e);
    }
  }
}
