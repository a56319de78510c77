package dev.vitrine.registry.sql;

import dev.vitrine.access.TaskAccess;
import dev.vitrine.database.Conditions;
import dev.vitrine.database.JsonText;
import dev.vitrine.database.Row;
import dev.vitrine.task.HiddenQuery;
import dev.vitrine.task.Progress;
import dev.vitrine.task.Task;
import dev.vitrine.task.TaskInput;
import dev.vitrine.task.TaskStatus;
import dev.vitrine.task.TaskType;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** {@code tasks}. */
record TasksTable(Handle handle) {

  private static final String EXPIRED =
      "select id from tasks where expires_at <= :now order by expires_at limit :limit";

  void insert(Task task) {
    handle
        .createUpdate(
            """
            insert into tasks (id, type, status, input, owner, user_id, created_at, updated_at,
                               version, source_query, retry_of, image_id, request_id)
            values (:id, :type, :status, :input, :owner, :userId, :createdAt, :updatedAt,
                    :version, :sourceQuery, :retryOf, :imageId, :requestId)
            """)
        .bind("id", task.id())
        .bind("type", task.type().wireName())
        .bind("status", task.status().wireName())
        .bind("input", JsonText.write(withoutQuery(task.input())))
        .bind("owner", task.owner())
        .bind("userId", task.userId())
        .bind("createdAt", task.createdAt())
        .bind("updatedAt", task.updatedAt())
        .bind("version", task.version())
        .bindByType("sourceQuery", sourceQuery(task.input()), UUID.class)
        .bindByType("retryOf", task.retryOf(), UUID.class)
        .bindByType("imageId", task.imageId(), UUID.class)
        .bind("requestId", task.requestId())
        .execute();
  }

  /** A query string that nobody hid, as earlier releases and other programs don't, stays out. */
  private static TaskInput withoutQuery(TaskInput input) {
    String url = input.url();
    return url == null ? input : input.reading(HiddenQuery.without(url), input.hiddenQuery());
  }

  private static @Nullable UUID sourceQuery(TaskInput input) {
    HiddenQuery query = input.hiddenQuery();
    return query == null ? null : query.stored();
  }

  Optional<Task> find(UUID id) {
    return handle
        .createQuery("select * from tasks where id = :id")
        .bind("id", id)
        .map((rs, ctx) -> task(new Row(rs, ctx)))
        .findOne();
  }

  /** How many tasks of a project are not over; no more are counted than is asked for. */
  int open(String owner, int most) {
    return handle
        .createQuery(
            """
            select count(*) from (
              select 1 from tasks
               where owner = :owner and status in ('pending', 'processing') limit :most) open
            """)
        .bind("owner", owner)
        .bind("most", most)
        .mapTo(Integer.class)
        .one();
  }

  /** The task; not found if there is none. */
  Task require(UUID id) {
    return find(id).orElseThrow(() -> TaskAccess.notFound(id));
  }

  /**
   * The compare-and-set: moves the task on if it still is as it was read.
   *
   * @return whether it was
   */
  boolean move(Task read, TaskStatus to, TaskOutcome outcome, Instant now) {
    return handle
            .createUpdate(
                """
                update tasks
                   set status = :to, result = :result, message = :message,
                       image_id = coalesce(:imageId, image_id), expires_at = :expiresAt,
                       updated_at = :now, version = version + 1
                 where id = :id and status = :from and version = :version
                """)
            .bind("to", to.wireName())
            .bind("result", outcome.result() == null ? null : JsonText.write(outcome.result()))
            .bind("message", outcome.message())
            .bindByType("imageId", outcome.imageId(), UUID.class)
            .bindByType("expiresAt", outcome.expiresAt(), Instant.class)
            .bind("now", now)
            .bind("id", read.id())
            .bind("from", read.status().wireName())
            .bind("version", read.version())
            .execute()
        == 1;
  }

  void recordProgress(UUID id, Progress progress, Instant now) {
    handle
        .createUpdate(
            """
            update tasks set progress = :progress, message = :waiting, updated_at = :now,
                             version = version + 1
             where id = :id and status = :processing
            """)
        .bind("progress", JsonText.write(progress))
        .bind("waiting", progress.waiting())
        .bind("now", now)
        .bind("id", id)
        .bind("processing", TaskStatus.PROCESSING.wireName())
        .execute();
  }

  void recordExported(UUID id) {
    handle
        .createUpdate(
            "update tasks set exported = :exported where id = :id and status = :processing")
        .bind("exported", true)
        .bind("id", id)
        .bind("processing", TaskStatus.PROCESSING.wireName())
        .execute();
  }

  boolean isExported(UUID id) {
    return handle
        .createQuery("select exported from tasks where id = :id")
        .bind("id", id)
        .map((rs, ctx) -> new Row(rs, ctx).flag("exported"))
        .one();
  }

  List<Task> list(Conditions where, String order, int limit) {
    return handle
        .createQuery(
            "select t.* from tasks t where %s order by %s limit %s"
                .formatted(where.sql(), order, where.bind(limit)))
        .bindMap(where.values())
        .map((rs, ctx) -> task(new Row(rs, ctx)))
        .list();
  }

  /** What {@link #deleteExpired} would remove. */
  List<UUID> expired(Instant now, int limit) {
    return handle
        .createQuery(EXPIRED)
        .bind("now", now)
        .bind("limit", limit)
        .map((rs, ctx) -> new Row(rs, ctx).uuid("id"))
        .list();
  }

  /** Removes what has expired; returns the ids. */
  List<UUID> deleteExpired(Instant now, int limit) {
    return handle
        .createQuery("delete from tasks where id in (%s) returning id".formatted(EXPIRED))
        .bind("now", now)
        .bind("limit", limit)
        .map((rs, ctx) -> new Row(rs, ctx).uuid("id"))
        .list();
  }

  private static Task task(Row row) throws SQLException {
    String result = row.textOrNull("result");
    String progress = row.textOrNull("progress");
    return new Task(
        row.uuid("id"),
        TaskType.of(row.text("type")),
        TaskStatus.of(row.text("status")),
        JsonText.read(row.text("input"), TaskInput.class),
        result == null ? null : JsonText.object(result),
        row.textOrNull("message"),
        row.text("owner"),
        row.text("user_id"),
        row.uuidOrNull("image_id"),
        progress == null ? null : JsonText.read(progress, Progress.class),
        row.instant("created_at"),
        row.instant("updated_at"),
        row.instantOrNull("expires_at"),
        row.number("version"),
        row.uuidOrNull("retry_of"),
        row.textOrNull("request_id"));
  }
}
