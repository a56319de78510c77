package dev.vitrine.transfer;

import dev.vitrine.error.VitrineException;
import dev.vitrine.registry.Registry;
import dev.vitrine.task.Progress;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes a task's progress in the registry now and then, beside the transfer: a registry that is
 * slow or away holds up no data.
 */
final class ProgressNotes implements Consumer<Progress> {

  private static final Logger log = LoggerFactory.getLogger(ProgressNotes.class);

  private final Registry registry;
  private final @Nullable UUID taskId;
  private final long intervalNanos;
  private final Executor executor;
  private final AtomicBoolean noting = new AtomicBoolean();
  private long notedAt;

  /**
   * @param taskId null for a transfer that belongs to no task
   */
  ProgressNotes(Registry registry, @Nullable UUID taskId, Duration interval, Executor executor) {
    this.registry = registry;
    this.taskId = taskId;
    this.intervalNanos = interval.toNanos();
    this.executor = executor;
    this.notedAt = System.nanoTime() - intervalNanos;
  }

  @Override
  public void accept(Progress progress) {
    long now = System.nanoTime();
    UUID task = taskId;
    if (task == null || now - notedAt < intervalNanos || !noting.compareAndSet(false, true)) {
      return;
    }
    notedAt = now;
    executor.execute(
        () -> {
          try {
            registry.recordProgress(task, progress);
          } catch (VitrineException e) {
            log.debug("Progress of task {} was not noted: {}", task, e.getMessage());
          } finally {
            noting.set(false);
          }
        });
  }
}
