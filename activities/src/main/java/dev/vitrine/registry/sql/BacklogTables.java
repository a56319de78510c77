package dev.vitrine.registry.sql;

import dev.vitrine.activity.Finding;
import dev.vitrine.activity.ScanMark;
import dev.vitrine.database.Row;
import dev.vitrine.image.FailurePolicy;
import dev.vitrine.registry.BacklogRow;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Rows in transit, of several tables, without what images carry along.
 *
 * @param stagingTime how long staged data waits for its import
 */
record BacklogTables(Handle handle, Duration stagingTime) {

  /**
   * Of one kind, oldest first.
   *
   * @param now what is asleep until later is left out
   * @param after begins behind it; null for the beginning
   */
  List<BacklogRow> page(Finding.Kind kind, Instant now, @Nullable ScanMark after, int limit) {
    String behind = after == null ? "" : " and (s.since, s.id) > (:since, :id)";
    Query query =
        query(kind, behind + " order by s.since, s.id limit :limit", now).bind("limit", limit);
    if (after != null) {
      query.bind("since", after.since()).bind("id", after.id());
    }
    return query.map((rs, ctx) -> suspect(kind, new Row(rs, ctx))).list();
  }

  /** Whether it is still as it was read. */
  boolean holds(BacklogRow suspect, Instant now) {
    return query(suspect.kind(), " and s.id = :id and s.since = :since", now)
        .bind("id", suspect.id())
        .bind("since", suspect.since())
        .map((rs, ctx) -> suspect(suspect.kind(), new Row(rs, ctx)))
        .findOne()
        .isPresent();
  }

  private Query query(Finding.Kind kind, String rest, Instant now) {
    String rows = rows(kind);
    Query query = handle.createQuery("select * from (%s) s where 1 = 1%s".formatted(rows, rest));
    if (rows.contains(":staged")) {
      query.bind("staged", now.minus(stagingTime));
    }
    return rows.contains(":now") ? query.bind("now", now) : query;
  }

  /** Each from an index of what is in transit, however much is at rest. */
  private static String rows(Finding.Kind kind) {
    return switch (kind) {
      case ABANDONED_UPLOAD ->
          """
          select i.id as id, i.updated_at as since, i.status as status, i.id as image_id,
                 i.failure_policy as policy, null as store, i.upload_workflow as upload
            from images i
           where i.status = 'saving'
          """;
      case ABANDONED_TASK ->
          """
          select t.id as id, t.created_at as since, t.status as status,
                 t.image_id as image_id, null as policy, null as store, null as upload
            from tasks t
           where t.status in ('pending', 'processing')
          """;
      // A deleted image's locations are all to be removed, and those have an index. The subquery is
      // carried out by itself because of its limit, which is none.
      case UNFINISHED_DELETION ->
          """
          select i.id as id, i.updated_at as since, i.status as status, i.id as image_id,
                 null as policy, null as store, null as upload
            from images i
           where i.status = 'pending_delete' and (i.scrub_at is null or i.scrub_at <= :now)
          union all
          select i.id as id, i.updated_at as since, i.status as status, i.id as image_id,
                 null as policy, null as store, null as upload
            from (select distinct l.image_id from image_locations l
                   where l.status = 'pending_delete' limit %d) l
                 cross join images i
           where i.id = l.image_id and i.status = 'deleted'
          """
              .formatted(Long.MAX_VALUE);
      case ABANDONED_STAGE ->
          """
          select i.id as id, i.updated_at as since, i.status as status, i.id as image_id,
                 null as policy, null as store, i.upload_workflow as upload
            from images i
           where i.status = 'uploading'
             and not exists (
               select 1 from image_locations l join measured_data m on m.location_id = l.id
                where l.image_id = i.id and l.status = 'pending' and m.size is not null
                  and l.updated_at > :staged)
          """;
      case ABANDONED_IMPORT ->
          """
          select m.image_id as id, m.started_at as since, i.status as status, m.image_id as image_id,
                 null as policy, null as store, 'task/' || m.task_id as upload
            from image_imports m join images i on i.id = m.image_id
           where m.outcome is null
          """;
      case LEFTOVER_LOCATION ->
          """
          select l.id as id, l.updated_at as since, l.status as status, l.image_id as image_id,
                 null as policy, l.store as store, null as upload
            from image_locations l join images i on i.id = l.image_id
           where l.status = 'pending_delete' and i.status not in ('deleted', 'pending_delete')
          """;
    };
  }

  private static BacklogRow suspect(Finding.Kind kind, Row row) throws SQLException {
    String policy = row.textOrNull("policy");
    return new BacklogRow(
        kind,
        row.uuid("id"),
        row.instant("since"),
        row.text("status"),
        row.uuidOrNull("image_id"),
        policy == null ? null : FailurePolicy.of(policy),
        row.textOrNull("store"),
        row.textOrNull("upload"));
  }
}
