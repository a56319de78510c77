package dev.vitrine.task;

import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.json.Wire;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task as the registry has it. Field names on the wire are Glance's.
 *
 * @param result what came out; null until {@code success}
 * @param message what the error was; while it runs, what it waits for; null otherwise
 * @param expiresAt when a finished task is removed; null until then
 * @param imageId the image it is about; null until known
 * @param progress of a running transfer; null before the first report
 * @param retryOf the failed task that this one repeats; null if none
 * @param requestId the request of the API that made it; null if none did
 */
@Wire
public record Task(
    UUID id,
    TaskType type,
    TaskStatus status,
    TaskInput input,
    @Nullable Map<String, Object> result,
    @Nullable String message,
    String owner,
    String userId,
    @Nullable UUID imageId,
    @Nullable Progress progress,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant expiresAt,
    long version,
    @Nullable UUID retryOf,
    @Nullable String requestId) {

  /**
   * Requires that another task may do again what this one did.
   *
   * @throws Conflict if it has not failed
   */
  public void requireRetryable() {
    requireRetryable(id, status);
  }

  /** The same of a task that is known by these. */
  public static void requireRetryable(UUID id, TaskStatus status) {
    if (status != TaskStatus.FAILURE) {
      throw new Conflict(
          "task %s is %s: only a task that failed can be retried".formatted(id, status));
    }
  }
}
