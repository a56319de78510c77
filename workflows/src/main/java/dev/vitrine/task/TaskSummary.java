package dev.vitrine.task;

import dev.vitrine.json.Wire;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a workflow needs to know of a task, and all that crosses Temporal of one: without the
 * metadata in its input. The fields are those of {@link Task}, whose JSON is read as well.
 *
 * @param input what it works on
 * @param result what came out, a handful of values; null until {@code success}
 * @param message what the error was; null unless {@code failure}
 * @param expiresAt when a finished task is removed; null until then
 * @param imageId the image it is about; null until known
 * @param progress of a running transfer; null before the first report
 * @param retryOf the failed task that this one repeats; null if none
 */
@Wire
public record TaskSummary(
    UUID id,
    TaskType type,
    TaskStatus status,
    TaskSubject input,
    @Nullable Map<String, Object> result,
    @Nullable String message,
    String owner,
    String userId,
    @Nullable UUID imageId,
    @Nullable Progress progress,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant expiresAt,
    @Nullable UUID retryOf) {

  /** Of a task as the registry has it. */
  public static TaskSummary of(Task task) {
    return new TaskSummary(
        task.id(),
        task.type(),
        task.status(),
        TaskSubject.of(task.input()),
        task.result(),
        task.message(),
        task.owner(),
        task.userId(),
        task.imageId(),
        task.progress(),
        task.createdAt(),
        task.updatedAt(),
        task.expiresAt(),
        task.retryOf());
  }

  /** The same with how far it is. */
  public TaskSummary with(Progress at) {
    return new TaskSummary(
        id, type, status, input, result, message, owner, userId, imageId, at, createdAt, updatedAt,
        expiresAt, retryOf);
  }
}
