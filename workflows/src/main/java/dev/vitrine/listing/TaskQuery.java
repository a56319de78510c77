package dev.vitrine.listing;

import dev.vitrine.access.Requester;
import dev.vitrine.error.VitrineException.Invalid;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.task.TaskType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One page of the tasks that somebody may see. What has expired is on no page.
 *
 * @param viewer whom it is shown to: an admin all there is; others what their project owns
 * @param type null for any
 * @param status null for any
 * @param sortBy {@code created_at} and {@code id}, in the same direction, tell apart what is equal
 * @param marker the task after which the page begins; null for the first page
 * @param limit tasks on the page, 0 or more
 */
public record TaskQuery(
    Requester viewer,
    @Nullable TaskType type,
    @Nullable TaskStatus status,
    SortField sortBy,
    boolean descending,
    @Nullable UUID marker,
    int limit) {

  /** What tasks are sorted by; null comes before everything else. */
  public enum SortField {
    ID,
    TYPE,
    STATUS,
    CREATED_AT,
    UPDATED_AT,
    EXPIRES_AT
  }

  public TaskQuery {
    if (limit < 0) {
      throw new Invalid("limit %d: give 0 or more".formatted(limit));
    }
  }

  /** The first page, newest first. */
  public static TaskQuery of(Requester viewer, int limit) {
    return new TaskQuery(viewer, null, null, SortField.CREATED_AT, true, null, limit);
  }

  public TaskQuery with(TaskType only) {
    return new TaskQuery(viewer, only, status, sortBy, descending, marker, limit);
  }

  public TaskQuery with(TaskStatus only) {
    return new TaskQuery(viewer, type, only, sortBy, descending, marker, limit);
  }

  public TaskQuery sortedBy(SortField field, boolean fromTheLast) {
    return new TaskQuery(viewer, type, status, field, fromTheLast, marker, limit);
  }

  /** The page after that task; null for the first one. */
  public TaskQuery after(@Nullable UUID task) {
    return new TaskQuery(viewer, type, status, sortBy, descending, task, limit);
  }
}
