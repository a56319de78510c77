package dev.vitrine.registry.sql.history;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Operation;
import dev.vitrine.database.Row;
import dev.vitrine.error.VitrineException.Conflict;
import dev.vitrine.image.HistoryEntry;
import dev.vitrine.lifecycle.Edge;
import dev.vitrine.lifecycle.Lifecycle;
import dev.vitrine.text.Printable;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** {@code history}: one row a change; its operation id says which changes have been made. */
public record HistoryTable(Handle handle) {

  /**
   * Whether the operation has changed this subject before.
   *
   * @throws Conflict if it changed another one: the caller gave the same id to two changes
   */
  public boolean has(Operation operation, HistorySubject noun, UUID subject) {
    Optional<String> changed =
        handle
            .createQuery("select noun, subject from history where operation_id = :operationId")
            .bind("operationId", operation.id())
            .map((rs, ctx) -> rs.getString("noun") + " " + rs.getString("subject"))
            .findOne();
    String wanted = noun + " " + subject;
    if (changed.isPresent() && !changed.get().equals(wanted)) {
      throw new Conflict(
          "%s: operation %s has changed %s already; give every change an id of its own"
              .formatted(wanted, operation.id(), changed.get()));
    }
    return changed.isPresent();
  }

  /**
   * @param owner of the image or task at that time
   */
  public void insert(
      Operation operation,
      HistorySubject noun,
      UUID subject,
      String owner,
      Edge<? extends Enum<?>, ?> edge,
      Instant now) {
    Enum<?> from = edge.from();
    Requester by = operation.by();
    handle
        .createUpdate(
            """
            insert into history (noun, subject, from_status, to_status, event, changed_at, cause,
                                 operation_id, workflow_id, run_id,
                                 owner, by_user, by_project, request_id)
            values (:noun, :subject, :from, :to, :event, :now, :cause,
                    :operationId, :workflowId, :runId,
                    :owner, :byUser, :byProject, :requestId)
            """)
        .bind("noun", noun.toString())
        .bind("subject", subject)
        .bind("from", from == null ? null : Lifecycle.word(from))
        .bind("to", Lifecycle.word(edge.to()))
        .bind("event", edge.event().toString())
        .bind("now", now)
        .bind("cause", Printable.escape(operation.cause()))
        .bind("operationId", operation.id())
        .bind("workflowId", operation.workflowId())
        .bind("runId", operation.runId())
        .bind("owner", owner)
        .bind("byUser", by == null ? null : by.user())
        .bind("byProject", by == null ? null : by.project())
        .bind("requestId", by == null ? null : by.request())
        .execute();
  }

  /** Of whatever has that id: an image, a task, or both. */
  public List<HistoryEntry> of(UUID subject) {
    return handle
        .createQuery("select * from history where subject = :subject order by seq")
        .bind("subject", subject)
        .map((rs, ctx) -> entry(new Row(rs, ctx)))
        .list();
  }

  public List<HistoryEntry> of(HistorySubject noun, UUID subject) {
    return handle
        .createQuery("select * from history where subject = :subject and noun = :noun order by seq")
        .bind("subject", subject)
        .bind("noun", noun.toString())
        .map((rs, ctx) -> entry(new Row(rs, ctx)))
        .list();
  }

  public void delete(HistorySubject noun, List<UUID> subjects) {
    if (subjects.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch("delete from history where subject = :subject and noun = :noun");
    for (UUID subject : subjects) {
      batch.bind("subject", subject).bind("noun", noun.toString()).add();
    }
    batch.execute();
  }

  static HistoryEntry entry(Row row) throws SQLException {
    return new HistoryEntry(
        row.uuid("subject"),
        row.textOrNull("from_status"),
        row.text("to_status"),
        row.text("event"),
        row.instant("changed_at"),
        row.text("cause"),
        row.text("operation_id"),
        row.text("workflow_id"),
        row.text("run_id"),
        row.textOrNull("by_user"),
        row.textOrNull("by_project"),
        row.textOrNull("request_id"));
  }
}
