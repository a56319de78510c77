package dev.vitrine.registry;

import dev.vitrine.activity.Operation;
import dev.vitrine.task.Task;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The way of a task to its end, for the workflow that carries it out. */
public interface TaskRuns {

  /** The task, whoever may see it. */
  Optional<Task> find(UUID taskId);

  /** Edge 2; a task that is {@code processing} with that image already stays as it is. */
  Task start(Operation operation, UUID taskId, UUID imageId);

  /**
   * Edge 4; sets when it expires. {@code Conflict} if nothing proves it, whoever says so: nobody
   * has {@linkplain TransferNotes#recordExported published} an export, or the image that the task
   * makes has no data.
   */
  Task succeed(Operation operation, UUID taskId, Map<String, Object> result);

  /** Edge 3 or 5; sets when it expires. */
  Task fail(Operation operation, UUID taskId, @Nullable UUID imageId, String message);
}
